"""Why a message was not delivered, in plain words."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.failures import FailureReason


def failure_reason(reason: Shown, channel: Shown) -> rx.Var[str]:
    return words_for(
        reason,
        (FailureReason.OWN_ADDRESS.value, tr("This is your own number.")),
        (
            FailureReason.UNDELIVERABLE.value,
            tr("The number may not be on WhatsApp, or can't receive messages right now."),
        ),
        (
            FailureReason.NOT_LISTED.value,
            tr("The test number can only write to the numbers on its list."),
        ),
        (
            FailureReason.WINDOW_CLOSED.value,
            tr("The 24-hour window had closed: only a template can be sent now."),
        ),
        (
            FailureReason.REPORTED.value,
            tr("WhatsApp is limiting your number because people reported its messages."),
        ),
        (
            FailureReason.HELD_BACK.value,
            tr("WhatsApp is holding back messages to this person for now."),
        ),
        (FailureReason.OPTED_OUT.value, tr("This person does not want marketing messages.")),
        (FailureReason.PAIR_LIMITED.value, tr("Too many messages to this person in a short time.")),
        (FailureReason.RATE_LIMITED.value, tr("Too many messages in a short time.")),
        (FailureReason.NOT_ACCEPTED.value, tr("WhatsApp doesn't accept this kind of message.")),
        (
            FailureReason.TEMPLATE_CHANGED.value,
            tr("This template now needs variables: it was changed at Meta."),
        ),
        (
            FailureReason.TEMPLATE_MISSING.value,
            tr("WhatsApp no longer has this template, or hasn't approved it."),
        ),
        (FailureReason.TEMPLATE_PAUSED.value, tr("WhatsApp has paused this template.")),
        (FailureReason.TEMPLATE_DISABLED.value, tr("WhatsApp has disabled this template.")),
        (FailureReason.CREDENTIALS.value, tr("Meta no longer accepts the credentials")),
        tr("{channel} did not deliver this message.", channel=channel),
    )
