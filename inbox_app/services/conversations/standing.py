"""Where a conversation stands (to do, snoozed, done), read from its row and written to it (P8)."""

from inbox_app.domain.conversations import triage
from inbox_app.domain.conversations.triage import Standing
from inbox_app.models import Conversation


def standing(conversation: Conversation) -> Standing:
    """As its row keeps it."""
    return Standing(
        conversation.waiting_since,
        conversation.reopened_at,
        conversation.snooze,
        conversation.snoozed_until,
    )


def stand(conversation: Conversation, stands: Standing) -> None:
    """Write it; a place in the order of what is to do is reckoned by ``reckon_waiting``."""
    conversation.waiting_since = stands.waiting_since
    conversation.reopened_at = stands.reopened_at
    conversation.snooze = stands.snooze
    conversation.snoozed_until = stands.snoozed_until
    if stands.waiting_since is None:
        conversation.answer_by = None


def settle(conversation: Conversation) -> None:
    """Somebody has seen to all that came in, and it needs no answer now."""
    conversation.done_up_to = conversation.last_message_id or 0
    stand(conversation, triage.answered(standing(conversation)))
