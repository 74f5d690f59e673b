"""What the steps are called, what went wrong with one, and the way out."""

import reflex as rx

from inbox_app.components.pieces import Shown, words_for
from inbox_app.components.text import tr


def step_name(step: Shown) -> rx.Var[str]:
    return words_for(
        step,
        ("exchange", tr("Take over from Facebook")),
        ("token", tr("Check the access token")),
        ("choose", tr("Choose the number")),
        ("number", tr("Read the number")),
        ("membership", tr("Find the number in the WhatsApp account")),
        ("verified", tr("Check that the number is verified")),
        ("subscribe", tr("Receive messages here")),
        ("register", tr("Switch the number on")),
        tr("Save the connection"),
    )


def trouble_title(trouble: Shown) -> rx.Var[str]:
    return words_for(
        trouble,
        ("code_expired", tr("Facebook's go-ahead has expired")),
        ("no_app", tr("This installation has no Meta app")),
        ("app_refused", tr("Meta refuses this installation's app")),
        ("proof_wanted", tr("The Meta app asks for a proof with every call")),
        ("token_invalid", tr("Meta does not accept the token")),
        ("token_unreadable", tr("The saved token cannot be read any more")),
        ("scopes_missing", tr("The token lacks permissions")),
        ("other_waba", tr("The token is of another company")),
        ("other_app", tr("The token is of another app")),
        ("not_vouched", tr("Meta does not confirm what Facebook said")),
        ("no_numbers", tr("There is no number in this WhatsApp account")),
        ("choose_number", tr("Which number do you want to connect?")),
        ("not_found", tr("Meta does not find it")),
        ("no_access", tr("The token may not do this")),
        ("not_in_waba", tr("The number is not in this WhatsApp account")),
        ("not_verified", tr("The number is not verified yet")),
        ("pin_wrong", tr("The two-step code is another one")),
        ("pin_too_often", tr("Too many attempts with the two-step code")),
        ("registered_too_often", tr("This number was switched on too many times")),
        ("meta_down", tr("Meta did not answer as it should")),
        ("unreachable", tr("Meta cannot be reached")),
        ("number_taken", tr("This number is connected to another account")),
        ("account_has_number", tr("Your account has a number already")),
        tr("Meta refused"),
    )


def way_out(trouble: Shown) -> rx.Var[str]:
    return words_for(
        trouble,
        (
            "code_expired",
            tr(
                "It is good for thirty seconds and serves once. Press the Facebook button again: "
                "what you chose there is remembered."
            ),
        ),
        (
            "no_app",
            tr(
                "Whoever runs it sets META_APP_ID, META_APP_SECRET and META_CONFIG_ID. Until then, "
                "connect by hand."
            ),
        ),
        (
            "app_refused",
            tr(
                "Nothing is wrong with what you gave. Whoever runs this installation copies "
                "META_APP_ID and META_APP_SECRET anew from Meta's app dashboard, App settings, "
                "Basic, and restarts it; then press Try again."
            ),
        ),
        (
            "proof_wanted",
            tr(
                "Whoever runs this installation switches “Require app secret” off in Meta's app "
                "dashboard, App settings, Advanced; then press Try again."
            ),
        ),
        (
            "token_invalid",
            tr(
                "It was copied in part, has expired or was withdrawn. Paste another one, made for "
                "a system user: the rest stays as it is."
            ),
        ),
        (
            "token_unreadable",
            tr("The installation's secret key has changed since. Paste the token again."),
        ),
        (
            "scopes_missing",
            tr(
                "Generate it again with both whatsapp_business_management and "
                "whatsapp_business_messaging, and paste it here."
            ),
        ),
        (
            "other_waba",
            tr(
                "It gives no access to this WhatsApp account. Give the system user access to it in "
                "Meta's business settings, or check the WhatsApp account ID."
            ),
        ),
        (
            "other_app",
            tr(
                "Generate it for the Meta app of this installation: messages of another app would "
                "not reach us."
            ),
        ),
        (
            "not_vouched",
            tr(
                "We connect only what Meta itself confirms. Press the Facebook button again; if it "
                "keeps happening, connect by hand."
            ),
        ),
        (
            "no_numbers",
            tr("Add one in Meta's WhatsApp Manager, then try again."),
        ),
        (
            "choose_number",
            tr("Your WhatsApp account has more than one. Each company connects one."),
        ),
        (
            "not_found",
            tr(
                "Either the ID is not right or the token may not see it. Check the IDs on Meta's "
                "page WhatsApp, API Setup."
            ),
        ),
        (
            "no_access",
            tr(
                "In Meta's business settings, give the system user full control of the app and of "
                "the WhatsApp account; then try again or paste a new token."
            ),
        ),
        (
            "not_in_waba",
            tr("Take both IDs from the same page of Meta's: WhatsApp, API Setup."),
        ),
        (
            "not_verified",
            tr(
                "In Meta's WhatsApp Manager, verify it with the code that comes by SMS or call. "
                "Then press Try again: it goes on from here."
            ),
        ),
        (
            "pin_wrong",
            tr(
                "The number has a two-step code already. Write it below; if nobody knows it, "
                "reset it in Meta's WhatsApp Manager, under two-step verification."
            ),
        ),
        (
            "pin_too_often",
            tr("Meta lets nobody try for a while. Wait a few hours, then write the right code."),
        ),
        (
            "registered_too_often",
            tr("Meta allows ten times in 72 hours. Wait, then try again: the rest is done."),
        ),
        (
            "meta_down",
            tr("It happens, and passes. Nothing is lost: try again in a minute."),
        ),
        (
            "unreachable",
            tr(
                "The server has no way to graph.facebook.com now. When the network is back, try "
                "again: it goes on from here."
            ),
        ),
        (
            "number_taken",
            tr("A number works for one company at a time. Disconnect it there first."),
        ),
        (
            "account_has_number",
            tr(
                "An account has exactly one number. Disconnect the present one in the settings "
                "before connecting another."
            ),
        ),
        tr("What Meta says is below. Mend it there, then try again: it goes on from here."),
    )


def way_out_by_facebook() -> rx.Var[str]:
    """Who came by Facebook has no token of their own."""
    return tr(
        "Press the Facebook button again, choose the same company and leave all permissions on. Or "
        "paste the token of a system user."
    )


def start_problem(problem: Shown) -> rx.Var[str]:
    return words_for(
        problem,
        ("busy", tr("The number is being connected right now.")),
        ("requirements", tr("Check off the three requirements first.")),
        ("phone_number_id", tr("The phone number ID is made of digits only: copy it from Meta.")),
        ("waba_id", tr("The WhatsApp account ID is made of digits only: copy it from Meta.")),
        ("token", tr("Paste the whole token: it is one long word without spaces.")),
        ("pin", tr("The two-step code has six digits.")),
        ("contract", tr("The contract has changed: reload the page and read it again.")),
        ("nothing_to_retry", tr("It has moved on meanwhile.")),
        "",
    )
