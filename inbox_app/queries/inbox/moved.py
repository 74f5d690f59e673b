"""Where a conversation went on that waited for a number, and is no more."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import AuditEntry, Conversation

PHONE_CHOSEN = "actor.phone_chosen"
_LATEST = 200


async def moved_to(session: AsyncSession, account_id: int, conversation_id: int) -> str:
    """The id of the conversation that took its place; "" when none did."""
    query = (
        select(AuditEntry)
        .where(col(AuditEntry.account_id) == account_id, col(AuditEntry.what) == PHONE_CHOSEN)
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(_LATEST)
    )
    for entry in await session.exec(query):
        if entry.details.get("waiting") == conversation_id:
            there = select(Conversation.id).where(
                col(Conversation.account_id) == account_id,
                col(Conversation.id) == entry.details["conversation"],
                col(Conversation.id) != conversation_id,
            )
            return str((await session.exec(there)).first() or "")
    return ""
