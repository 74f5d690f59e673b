"""Puts labels on conversations and takes them off (P9)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.labels import LabelColour, checked_name
from inbox_app.models import Conversation, ConversationLabel, Label
from inbox_app.services.bulk import insert_new
from inbox_app.services.labels.write_label import find_label, make_label


async def put_label(
    session: AsyncSession, account_id: int, label_id: int, ids: Collection[int]
) -> list[int]:
    """On the account's own among them, of those that had it not. Raises ``NotFoundError``."""
    label = await find_label(session, account_id, label_id)
    # Locked: what arrives meanwhile moves the conversation, and the database its label.
    query = (
        select(col(Conversation.id), col(Conversation.arrived_at), col(Conversation.archived_at))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id).in_(ids))
        .order_by(col(Conversation.id))
        .with_for_update()
    )
    connection = await session.connection()
    rows = [
        {
            "account_id": account_id,
            "label_id": label.id,
            "conversation_id": id_,
            "arrived_at": arrived_at,
            "archived_at": archived_at,
        }
        for id_, arrived_at, archived_at in await connection.execute(query)
    ]
    put = await insert_new(
        connection, ConversationLabel, rows, col(ConversationLabel.conversation_id)
    )
    return [row.conversation_id for row in put]


async def take_label(
    session: AsyncSession, account_id: int, label_id: int, ids: Collection[int]
) -> list[int]:
    """Off those that had it, by id."""
    theirs = (
        col(ConversationLabel.account_id) == account_id,
        col(ConversationLabel.label_id) == label_id,
        col(ConversationLabel.conversation_id).in_(ids),
    )
    connection = await session.connection()
    found = select(col(ConversationLabel.conversation_id)).where(*theirs)
    had = sorted((await connection.execute(found)).scalars())
    await connection.execute(delete(ConversationLabel).where(*theirs))
    return had


async def set_labels(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    names: Sequence[str],
    now: datetime,
) -> bool:
    """A conversation has these and no others, by their names; what is not there is made. Whether
    that changed anything. Raises ``NameRefusedError``."""
    ours = select(col(Conversation.id)).where(
        col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id
    )
    if (await (await session.connection()).execute(ours)).first() is None:
        return False
    wanted = {await _named(session, account_id, name, now) for name in names}
    connection = await session.connection()
    has = select(col(ConversationLabel.label_id)).where(
        col(ConversationLabel.account_id) == account_id,
        col(ConversationLabel.conversation_id) == conversation_id,
    )
    there = set((await connection.execute(has)).scalars())
    put = [await put_label(session, account_id, each, [conversation_id]) for each in wanted - there]
    gone = [
        await take_label(session, account_id, each, [conversation_id]) for each in there - wanted
    ]
    return any(put) or any(gone)


async def _named(session: AsyncSession, account_id: int, name: str, now: datetime) -> int:
    kept = checked_name(name)
    query = select(col(Label.id)).where(
        col(Label.account_id) == account_id, col(Label.name_key) == kept.casefold()
    )
    connection = await session.connection()
    found = (await connection.execute(query)).scalar_one_or_none()
    return found or (await make_label(session, account_id, kept, LabelColour.GREY, now)).id
