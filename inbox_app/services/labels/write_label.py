"""Labels: made, renamed, merged, deleted (P9)."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.labels import (
    MOST,
    LabelColour,
    NameProblem,
    NameRefusedError,
    checked_name,
)
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import ActorLabel, ConversationLabel, Label, SavedView


async def make_label(
    session: AsyncSession, account_id: int, name: str, colour: LabelColour, now: datetime
) -> Label:
    """Raises ``NameRefusedError``."""
    kept = checked_name(name)
    many = select(func.count(col(Label.id))).where(col(Label.account_id) == account_id)
    if (await session.exec(many)).one() >= MOST:
        raise NameRefusedError(NameProblem.TOO_MANY)
    label = Label(
        account_id=account_id,
        name=kept,
        name_key=kept.casefold(),
        colour=colour,
        created_at=now,
    )
    return await _keep(session, label)


async def change_label(
    session: AsyncSession,
    account_id: int,
    label_id: int,
    *,
    name: str | None = None,
    colour: LabelColour | None = None,
) -> Label:
    """What is given is changed. Raises ``NotFoundError`` and ``NameRefusedError``."""
    label = await find_label(session, account_id, label_id)
    if colour is not None:
        label.colour = colour
    if name is None:
        return await _keep(session, label)
    kept = checked_name(name)
    return await _keep(session, label, name=kept, name_key=kept.casefold())


async def merge_label(session: AsyncSession, account_id: int, label_id: int, into_id: int) -> Label:
    """What had the one has the other, and so have people's views. Raises ``NotFoundError``."""
    label = await find_label(session, account_id, label_id)
    into = await find_label(session, account_id, into_id)
    if label.id == into.id:
        return into
    await _hand_over(
        session, ConversationLabel, col(ConversationLabel.conversation_id), label, into
    )
    await _hand_over(session, ActorLabel, col(ActorLabel.actor_id), label, into)
    views = update(SavedView).where(
        col(SavedView.account_id) == account_id, col(SavedView.label_id) == label.id
    )
    await session.exec(views.values(label_id=into.id))
    await delete_label(session, account_id, label.id)
    return into


async def delete_label(session: AsyncSession, account_id: int, label_id: int) -> None:
    """Off all conversations and actors too, and views of it are gone. Raises ``NotFoundError``."""
    label = await find_label(session, account_id, label_id)
    gone = delete(Label).where(col(Label.account_id) == account_id, col(Label.id) == label.id)
    await session.exec(gone)


async def find_label(session: AsyncSession, account_id: int, label_id: int) -> Label:
    """Raises ``NotFoundError``."""
    query = select(Label).where(col(Label.account_id) == account_id, col(Label.id) == label_id)
    label = (await session.exec(query)).one_or_none()
    if label is None:
        raise NotFoundError
    return label


async def _hand_over(
    session: AsyncSession,
    table: type[ConversationLabel | ActorLabel],
    owner: Mapped[int],
    label: Label,
    into: Label,
) -> None:
    """What has both loses the one with its label."""
    theirs = col(table.account_id) == label.account_id
    has_both = select(owner).where(theirs, col(table.label_id) == into.id)
    moving = update(table).where(theirs, col(table.label_id) == label.id, owner.not_in(has_both))
    await session.exec(moving.values(label_id=into.id))


async def _keep(session: AsyncSession, label: Label, **changed: str) -> Label:
    try:
        async with session.begin_nested():
            label.sqlmodel_update(changed)
            session.add(label)
            await session.flush()
    except IntegrityError:
        raise NameRefusedError(NameProblem.TAKEN) from None
    return label
