"""Why a message was not delivered, in plain words."""

from inbox_app.whatsapp.errors import Outcome, outcome_of

_ELSE = "WhatsApp did not deliver this message."

SENTENCES = {
    Outcome.RETRY: "WhatsApp was too busy to take this message.",
    Outcome.PAIR_LIMITED: "Too many messages to this person in a short time.",
    Outcome.RETRY_LATER: "WhatsApp limits this account for now: its state in Meta says why.",
    Outcome.WINDOW_CLOSED: "The 24-hour window was closed.",
    Outcome.UNDELIVERABLE: "This number cannot be reached on WhatsApp.",
    Outcome.NOT_LISTED: "A test number can write only to the numbers on its list in Meta.",
    Outcome.FIX_TEMPLATE: "Meta refused the template.",
    Outcome.OPTED_OUT: "This person does not want marketing messages.",
    Outcome.RECONNECT: "Meta refused the credentials of the connection.",
}


def failure_text(code: int | None) -> str:
    """The English sentence for Meta's ``code``, a key of the catalogues; empty for none."""
    return SENTENCES.get(outcome_of(code), _ELSE) if code else ""
