"""Texts that leave by themselves out of hours, known by their reference (S4)."""

from inbox_app.domain.opening_hours import AWAY
from inbox_app.domain.sending import Decision, may_send_text
from inbox_app.models import Conversation, Outbox


def is_moot(row: Outbox, conversation: Conversation, decision: Decision) -> bool:
    """Whether it is not to leave any more: nobody waits, a person was there; or it may not, and
    nobody wrote it who would want to hear so."""
    waits = conversation.waiting_since is not None and conversation.snooze is None
    wanted = waits and may_send_text(decision)
    return (row.client_ref or "").startswith(AWAY) and not wanted
