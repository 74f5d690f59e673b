"""The list walked from its one end to the other."""

from inbox_app.models import Conversation, ConversationLabel


def labelled(row: Conversation, label_id: int) -> ConversationLabel:
    return ConversationLabel(
        account_id=row.account_id,
        label_id=label_id,
        conversation_id=row.id,
        arrived_at=row.arrived_at,
        archived_at=row.archived_at,
    )
