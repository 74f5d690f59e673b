"""Why a message was not delivered, and what helps, in plain words (M6)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.delivery.failures import FailureReason as Reason


def failure_reason(reason: Shown, channel: Shown) -> rx.Var[str]:
    """One sentence."""
    return words_for(
        reason,
        (Reason.OWN_ADDRESS.value, tr("This is your own number.")),
        (
            Reason.UNDELIVERABLE.value,
            tr("The number may not be on WhatsApp, or can't receive messages right now."),
        ),
        (
            Reason.NOT_LISTED.value,
            tr("The test number can only write to the numbers on its list."),
        ),
        (
            Reason.WINDOW_CLOSED.value,
            tr("The 24-hour window had closed: only a template can be sent now."),
        ),
        (
            Reason.REPORTED.value,
            tr("WhatsApp is limiting your number because people reported its messages."),
        ),
        (
            Reason.HELD_BACK.value,
            tr("WhatsApp is holding back messages to this person for now."),
        ),
        (Reason.OPTED_OUT.value, tr("This person does not want marketing messages.")),
        (Reason.PAIR_LIMITED.value, tr("Too many messages to this person in a short time.")),
        (Reason.RATE_LIMITED.value, tr("Too many messages in a short time.")),
        (Reason.CHANNEL_FAILED.value, tr("{channel} had a problem of its own.", channel=channel)),
        (Reason.NOT_ACCEPTED.value, tr("WhatsApp doesn't accept this kind of message.")),
        (Reason.FILE_NOT_TAKEN.value, tr("WhatsApp could not read the file.")),
        (
            Reason.NEEDS_NUMBER.value,
            tr("This person hides the phone number, and this message needs it."),
        ),
        (Reason.IDENTITY_CHANGED.value, tr("This person's security code has changed.")),
        (
            Reason.COUNTRY.value,
            tr("Your account may not write to people in this country."),
        ),
        (Reason.GROUP.value, tr("WhatsApp doesn't deliver this to the group.")),
        (
            Reason.PAYMENT.value,
            tr("There is a problem with your WhatsApp account's payment method."),
        ),
        (Reason.ACCOUNT_LOCKED.value, tr("Meta has locked or restricted your WhatsApp account.")),
        (
            Reason.LIMIT_LOWERED.value,
            tr("Meta has lowered your limit because of templates in the wrong category."),
        ),
        (Reason.DISPLAY_NAME.value, tr("Your number needs a display name that Meta has approved.")),
        (Reason.NOT_REGISTERED.value, tr("Your number isn't registered with WhatsApp right now.")),
        (
            Reason.MARKETING_TERMS.value,
            tr("Your account may not send marketing templates this way yet."),
        ),
        (
            Reason.TEMPLATE_CHANGED.value,
            tr("This template now needs variables: it was changed at Meta."),
        ),
        (
            Reason.TEMPLATE_MISSING.value,
            tr("WhatsApp no longer has this template, or hasn't approved it."),
        ),
        (Reason.TEMPLATE_PAUSED.value, tr("WhatsApp has paused this template.")),
        (Reason.TEMPLATE_DISABLED.value, tr("WhatsApp has disabled this template.")),
        (Reason.TEMPLATE_REFUSED.value, tr("WhatsApp refuses this template as it is.")),
        (Reason.CREDENTIALS.value, tr("Meta no longer accepts the credentials.")),
        tr("{channel} did not deliver this message.", channel=channel),
    )


def next_step(reason: Shown) -> rx.Var[str]:
    """What a person can do about it; the same sentence for what passes by itself."""
    another = tr("Send another template.")
    later = tr("Try again in a few minutes.")
    manager = tr("Look at the account in Meta's WhatsApp Manager; then try again.")
    return words_for(
        reason,
        (Reason.OWN_ADDRESS.value, tr("Correct the number.")),
        (Reason.UNDELIVERABLE.value, tr("Check the number, or reach the person another way.")),
        (Reason.NOT_LISTED.value, tr("Add the number to the list in Meta's app dashboard.")),
        (Reason.WINDOW_CLOSED.value, tr("As soon as they answer, you can write again.")),
        (Reason.REPORTED.value, tr("Write to fewer people for a day or two, then try again.")),
        (Reason.HELD_BACK.value, tr("Wait a day before you try again, or let them write first.")),
        (Reason.OPTED_OUT.value, tr("Messages that are no marketing still reach them.")),
        (Reason.NOT_ACCEPTED.value, tr("Write it in another form.")),
        (Reason.FILE_NOT_TAKEN.value, tr("Send it again, or as a PDF or a JPEG.")),
        (Reason.NEEDS_NUMBER.value, tr("Send a plain text, or ask for the number.")),
        (Reason.IDENTITY_CHANGED.value, tr("Make sure that it is them, then try again.")),
        (Reason.COUNTRY.value, tr("Reach them another way.")),
        (Reason.GROUP.value, tr("Write to its members one by one.")),
        (Reason.PAYMENT.value, tr("Set it right in Meta's WhatsApp Manager; then try again.")),
        (Reason.ACCOUNT_LOCKED.value, manager),
        (Reason.LIMIT_LOWERED.value, manager),
        (Reason.DISPLAY_NAME.value, manager),
        (Reason.NOT_REGISTERED.value, tr("Reconnect the number in the settings; then try again.")),
        (
            Reason.MARKETING_TERMS.value,
            tr("Accept the terms for marketing messages in Meta's WhatsApp Manager."),
        ),
        (Reason.TEMPLATE_CHANGED.value, another),
        (Reason.TEMPLATE_MISSING.value, another),
        (Reason.TEMPLATE_PAUSED.value, another),
        (Reason.TEMPLATE_DISABLED.value, another),
        (Reason.TEMPLATE_REFUSED.value, another),
        (Reason.CREDENTIALS.value, tr("An administrator can reconnect the account.")),
        later,
    )
