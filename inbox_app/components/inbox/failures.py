"""Why a message was not delivered, in plain words (Meta's codes: whatsapp.md §11)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for


def failure_reason(code: Shown) -> rx.Var[str]:
    return words_for(
        code,
        (131021, tr("This is your own number.")),
        (131026, tr("The number may not be on WhatsApp, or can't receive messages right now.")),
        (131030, tr("The test number can only write to the numbers on its list.")),
        (131047, tr("The 24-hour window had closed: only a template can be sent now.")),
        (131048, tr("WhatsApp is limiting your number because people reported its messages.")),
        (131049, tr("WhatsApp is holding back messages to this person for now.")),
        (131050, tr("This person does not want marketing messages.")),
        (131056, tr("Too many messages to this person in a short time.")),
        (130429, tr("Too many messages in a short time.")),
        (131051, tr("WhatsApp doesn't accept this kind of message.")),
        (132000, tr("This template now needs variables: it was changed at Meta.")),
        (132001, tr("WhatsApp no longer has this template, or hasn't approved it.")),
        (132015, tr("WhatsApp has paused this template.")),
        (132016, tr("WhatsApp has disabled this template.")),
        (190, tr("Meta no longer accepts the credentials")),
        tr("WhatsApp did not deliver this message."),
    )
