"""Why a message was not delivered, and what helps, in plain words (M6)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.thread import whatsapp_failures
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.delivery.failures import FailureReason as Reason


def failure_reason(reason: Shown, channel: Shown) -> rx.Var[str]:
    """One sentence; `channel` is its name."""
    return words_for(
        reason,
        (Reason.OWN_ADDRESS.value, tr("This is your own number.")),
        (
            Reason.UNDELIVERABLE.value,
            tr(
                "The number may not be on {channel}, or can't receive messages right now.",
                channel=channel,
            ),
        ),
        (
            Reason.REPORTED.value,
            tr(
                "{channel} is limiting your number because people reported its messages.",
                channel=channel,
            ),
        ),
        (
            Reason.HELD_BACK.value,
            tr("{channel} is holding back messages to this person for now.", channel=channel),
        ),
        (Reason.OPTED_OUT.value, tr("This person does not want marketing messages.")),
        (Reason.PAIR_LIMITED.value, tr("Too many messages to this person in a short time.")),
        (Reason.RATE_LIMITED.value, tr("Too many messages in a short time.")),
        (Reason.CHANNEL_FAILED.value, tr("{channel} had a problem of its own.", channel=channel)),
        (
            Reason.NOT_ACCEPTED.value,
            tr("{channel} doesn't accept this kind of message.", channel=channel),
        ),
        (Reason.FILE_NOT_TAKEN.value, tr("{channel} could not read the file.", channel=channel)),
        (
            Reason.NEEDS_NUMBER.value,
            tr("This person hides the phone number, and this message needs it."),
        ),
        (Reason.IDENTITY_CHANGED.value, tr("This person's security code has changed.")),
        (
            Reason.COUNTRY.value,
            tr("Your account may not write to people in this country."),
        ),
        (Reason.GROUP.value, tr("{channel} doesn't deliver this to the group.", channel=channel)),
        *whatsapp_failures.REASONS,
        tr("{channel} did not deliver this message.", channel=channel),
    )


def next_step(reason: Shown) -> rx.Var[str]:
    """What a person can do about it; the same sentence for what passes by itself."""
    later = tr("Try again in a few minutes.")
    return words_for(
        reason,
        (Reason.OWN_ADDRESS.value, tr("Correct the number.")),
        (Reason.UNDELIVERABLE.value, tr("Check the number, or reach the person another way.")),
        (Reason.WINDOW_CLOSED.value, tr("As soon as they answer, you can write again.")),
        (Reason.REPORTED.value, tr("Write to fewer people for a day or two, then try again.")),
        (Reason.HELD_BACK.value, tr("Wait a day before you try again, or let them write first.")),
        (Reason.OPTED_OUT.value, tr("Messages that aren't marketing still reach them.")),
        (Reason.NOT_ACCEPTED.value, tr("Write it in another form.")),
        (Reason.FILE_NOT_TAKEN.value, tr("Send it again, or as a PDF or a JPEG.")),
        (Reason.NEEDS_NUMBER.value, tr("Send a plain text, or ask for the number.")),
        (Reason.IDENTITY_CHANGED.value, tr("Make sure that it is them, then try again.")),
        (Reason.COUNTRY.value, tr("Reach them another way.")),
        (Reason.GROUP.value, tr("Write to its members one by one.")),
        *whatsapp_failures.NEXT_STEPS,
        later,
    )
