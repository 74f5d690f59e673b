"""The conversation that was begun for an actor while nobody knew a number: it ends when the actor
turns out to be who wrote, and is there again when that was a mistake."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation, Message


async def set_aside(session: AsyncSession, account_id: int, actor_id: int) -> dict[str, Any] | None:
    """End it, if there is one and nothing was said in it; all that it was, for ``bring_back``."""
    waiting = await _waiting(session, account_id, actor_id)
    if waiting is None or await was_written_in(session, waiting):
        return None
    was = {
        "id": waiting.id,
        "channel": waiting.channel,
        "assigned_to": waiting.assigned_to,
        "archived_at": waiting.archived_at and waiting.archived_at.isoformat(),
        "arrived_at": waiting.arrived_at.isoformat(),
        "created_at": waiting.created_at.isoformat(),
    }
    await session.delete(waiting)
    await session.flush()
    return was


async def set_aside_for_merge(
    session: AsyncSession, account_id: int, kept_id: int, gone_id: int
) -> dict[str, dict[str, Any] | None]:
    """End those of two actors who become one that are in the way: beside a conversation that has an
    address, or beside one another."""
    has_address = select(Conversation.id).where(
        col(Conversation.account_id) == account_id,
        col(Conversation.actor_id).in_([kept_id, gone_id]),
        col(Conversation.address_id).is_not(None),
    )
    beside = (await session.exec(has_address)).first() is not None
    both = await _waiting(session, account_id, kept_id) is not None
    return {
        "kept": await set_aside(session, account_id, kept_id) if beside else None,
        "gone": await set_aside(session, account_id, gone_id) if beside or both else None,
    }


async def bring_back(
    session: AsyncSession, account_id: int, actor_id: int, was: dict[str, Any]
) -> None:
    """Under its old id, unless that is another's by now."""
    if await _waiting(session, account_id, actor_id) is not None:
        return
    taken = select(Conversation.id).where(col(Conversation.id) == was["id"])
    again = Conversation(
        account_id=account_id,
        channel=was["channel"],
        actor_id=actor_id,
        assigned_to=was["assigned_to"],
        archived_at=was["archived_at"] and datetime.fromisoformat(was["archived_at"]),
        arrived_at=datetime.fromisoformat(was["arrived_at"]),
        created_at=datetime.fromisoformat(was["created_at"]),
    )
    if (await session.exec(taken)).first() is None:
        again.id = was["id"]
    session.add(again)
    await session.flush()


async def was_written_in(session: AsyncSession, waiting: Conversation) -> bool:
    """Messages or notes, which would go with it."""
    written = select(Message.id).where(
        col(Message.account_id) == waiting.account_id,
        col(Message.conversation_id) == waiting.id,
    )
    return (await session.exec(written.limit(1))).first() is not None


async def _waiting(session: AsyncSession, account_id: int, actor_id: int) -> Conversation | None:
    query = select(Conversation).where(
        col(Conversation.account_id) == account_id,
        col(Conversation.actor_id) == actor_id,
        col(Conversation.address_id).is_(None),
        col(Conversation.group_id).is_(None),
    )
    return (await session.exec(query.with_for_update())).one_or_none()
