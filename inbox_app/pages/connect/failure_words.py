"""What went wrong with a step, and the way out."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.connecting import StepFailureReason


def failure_title(reason: Shown) -> rx.Var[str]:
    return words_for(
        reason,
        (StepFailureReason.CODE_EXPIRED.value, tr("Facebook's go-ahead has expired")),
        (StepFailureReason.NO_APP.value, tr("This installation has no Meta app")),
        (StepFailureReason.APP_REFUSED.value, tr("Meta refuses this installation's app")),
        (
            StepFailureReason.PROOF_WANTED.value,
            tr("The Meta app requires an app secret proof with every call"),
        ),
        (StepFailureReason.TOKEN_INVALID.value, tr("Meta does not accept the token")),
        (StepFailureReason.TOKEN_UNREADABLE.value, tr("The saved token can no longer be read")),
        (StepFailureReason.SCOPES_MISSING.value, tr("The token lacks permissions")),
        (StepFailureReason.OTHER_WABA.value, tr("The token belongs to another company")),
        (StepFailureReason.OTHER_APP.value, tr("The token belongs to another app")),
        (StepFailureReason.NOT_VOUCHED.value, tr("Meta does not confirm what Facebook said")),
        (StepFailureReason.NO_NUMBERS.value, tr("There is no number in this WhatsApp account")),
        (StepFailureReason.CHOOSE_NUMBER.value, tr("Which number do you want to connect?")),
        (StepFailureReason.NOT_FOUND.value, tr("Meta can't find it")),
        (StepFailureReason.NO_ACCESS.value, tr("The token isn't allowed to do this")),
        (StepFailureReason.NOT_IN_WABA.value, tr("The number is not in this WhatsApp account")),
        (StepFailureReason.NOT_VERIFIED.value, tr("The number is not verified yet")),
        (StepFailureReason.PIN_WRONG.value, tr("The two-step code is wrong")),
        (StepFailureReason.PIN_TOO_OFTEN.value, tr("Too many attempts with the two-step code")),
        (
            StepFailureReason.REGISTERED_TOO_OFTEN.value,
            tr("This number was activated too many times"),
        ),
        (StepFailureReason.META_DOWN.value, tr("Meta's answer was not the expected one")),
        (StepFailureReason.UNREACHABLE.value, tr("Meta can't be reached")),
        (StepFailureReason.NUMBER_TAKEN.value, tr("This number is connected to another account")),
        (StepFailureReason.ACCOUNT_HAS_NUMBER.value, tr("Your account already has a number")),
        tr("Meta refused"),
    )


def remedy(reason: Shown) -> rx.Var[str]:
    return words_for(
        reason,
        (
            StepFailureReason.CODE_EXPIRED.value,
            tr(
                "It is valid for thirty seconds and works once. Press the Facebook button "
                "again: what you chose there is remembered."
            ),
        ),
        (
            StepFailureReason.NO_APP.value,
            tr(
                "Whoever runs it needs to set META_APP_ID, META_APP_SECRET and "
                "META_CONFIG_ID. Until then, connect manually."
            ),
        ),
        (
            StepFailureReason.APP_REFUSED.value,
            tr(
                "What you entered is fine. Whoever runs this installation needs to copy "
                "META_APP_ID and META_APP_SECRET again from Meta's app dashboard (App "
                "settings, Basic) and restart it; then press Try again."
            ),
        ),
        (
            StepFailureReason.PROOF_WANTED.value,
            tr(
                "Whoever runs this installation needs to switch off “Require app secret” in "
                "Meta's app dashboard (App settings, Advanced); then press Try again."
            ),
        ),
        (
            StepFailureReason.TOKEN_INVALID.value,
            tr(
                "It was copied only in part, has expired or was revoked. Paste another one, "
                "created for a system user: everything else stays as it is."
            ),
        ),
        (
            StepFailureReason.TOKEN_UNREADABLE.value,
            tr(
                "The installation's secret key has changed since it was saved. Paste the "
                "token again."
            ),
        ),
        (
            StepFailureReason.SCOPES_MISSING.value,
            tr(
                "Generate it again with both whatsapp_business_management and "
                "whatsapp_business_messaging, and paste it here."
            ),
        ),
        (
            StepFailureReason.OTHER_WABA.value,
            tr(
                "It gives no access to this WhatsApp account. Give the system user access to it in "
                "Meta's business settings, or check the WhatsApp account ID."
            ),
        ),
        (
            StepFailureReason.OTHER_APP.value,
            tr(
                "Generate it for this installation's Meta app: with another app, messages "
                "would not arrive here."
            ),
        ),
        (
            StepFailureReason.NOT_VOUCHED.value,
            tr(
                "We connect only what Meta itself confirms. Press the Facebook button again; "
                "if it keeps happening, connect manually."
            ),
        ),
        (
            StepFailureReason.NO_NUMBERS.value,
            tr("Add one in Meta's WhatsApp Manager, then try again."),
        ),
        (
            StepFailureReason.CHOOSE_NUMBER.value,
            tr("Your WhatsApp account has more than one. Each company can connect one."),
        ),
        (
            StepFailureReason.NOT_FOUND.value,
            tr(
                "Either the ID is wrong or the token has no access to it. Check the IDs on "
                "Meta's WhatsApp, API Setup page."
            ),
        ),
        (
            StepFailureReason.NO_ACCESS.value,
            tr(
                "In Meta's business settings, give the system user full control of the app and of "
                "the WhatsApp account; then try again or paste a new token."
            ),
        ),
        (
            StepFailureReason.NOT_IN_WABA.value,
            tr("Copy both IDs from the same page at Meta: WhatsApp, API Setup."),
        ),
        (
            StepFailureReason.NOT_VERIFIED.value,
            tr(
                "Verify it in Meta's WhatsApp Manager with the code you get by SMS or call. "
                "Then press Try again: it continues from here."
            ),
        ),
        (
            StepFailureReason.PIN_WRONG.value,
            tr(
                "The number already has a two-step code. Enter it below; if nobody knows it, "
                "reset it in Meta's WhatsApp Manager, under two-step verification."
            ),
        ),
        (
            StepFailureReason.PIN_TOO_OFTEN.value,
            tr(
                "Meta has blocked further attempts for a while. Wait a few hours, then enter "
                "the right code."
            ),
        ),
        (
            StepFailureReason.REGISTERED_TOO_OFTEN.value,
            tr(
                "Meta allows it ten times in 72 hours. Wait, then try again: everything else "
                "is done."
            ),
        ),
        (
            StepFailureReason.META_DOWN.value,
            tr("It happens, and it passes. Nothing is lost: try again in a minute."),
        ),
        (
            StepFailureReason.UNREACHABLE.value,
            tr(
                "The server can't reach graph.facebook.com right now. When the network is "
                "back, try again: it continues from here."
            ),
        ),
        (
            StepFailureReason.NUMBER_TAKEN.value,
            tr("A number can serve one company at a time. Disconnect it there first."),
        ),
        (
            StepFailureReason.ACCOUNT_HAS_NUMBER.value,
            tr(
                "An account has exactly one number. Disconnect the current one in the "
                "settings before connecting another."
            ),
        ),
        tr("Meta's reason is below. Fix it at Meta, then try again: it continues from here."),
    )


def remedy_by_facebook() -> rx.Var[str]:
    """Who came by Facebook has no token of their own."""
    return tr(
        "Press the Facebook button again, choose the same company and leave all permissions on. Or "
        "paste the token of a system user."
    )
