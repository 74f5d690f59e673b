"""An account's labels, and which its conversations and its actors have (P9)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import ActorLabel, ConversationLabel, Label, SavedView
from inbox_app.queries.labels.rows import LabelRow, SavedViewRow


async def labels(session: AsyncSession, account_id: int) -> list[LabelRow]:
    """By name."""
    return [_row(label) for label in await in_order(session, account_id)]


async def in_order(session: AsyncSession, account_id: int) -> Sequence[Label]:
    """The same, as they are kept."""
    query = select(Label).where(col(Label.account_id) == account_id)
    return (await session.exec(query.order_by(col(Label.name_key)))).all()


async def labels_of(
    session: AsyncSession, account_id: int, ids: Collection[int]
) -> Mapping[int, Sequence[LabelRow]]:
    """By conversation, each by name."""
    owner = col(ConversationLabel.conversation_id)
    return await _by_owner(session, account_id, ConversationLabel, owner, ids)


async def labels_of_actors(
    session: AsyncSession, account_id: int, ids: Collection[int]
) -> Mapping[int, Sequence[LabelRow]]:
    """By actor, each by name."""
    return await _by_owner(session, account_id, ActorLabel, col(ActorLabel.actor_id), ids)


async def _by_owner(
    session: AsyncSession,
    account_id: int,
    table: type[ConversationLabel | ActorLabel],
    owner: Mapped[int],
    ids: Collection[int],
) -> Mapping[int, Sequence[LabelRow]]:
    query = (
        select(owner, Label)
        .join(Label, col(Label.id) == col(table.label_id))
        .where(
            col(Label.account_id) == account_id,
            col(table.account_id) == account_id,
            owner.in_(ids),
        )
        .order_by(col(Label.name_key))
    )
    found: defaultdict[int, list[LabelRow]] = defaultdict(list)
    for id_, label in await session.exec(query):
        found[id_].append(_row(label))
    return found


async def label_named(session: AsyncSession, account_id: int, name: str) -> int | None:
    """Its id, whatever the case of the name."""
    query = select(Label.id).where(
        col(Label.account_id) == account_id, col(Label.name_key) == name.strip().casefold()
    )
    return (await session.exec(query)).one_or_none()


async def saved_views(session: AsyncSession, account_id: int, user_id: int) -> list[SavedViewRow]:
    """A person's, by name."""
    query = select(SavedView).where(
        col(SavedView.account_id) == account_id, col(SavedView.user_id) == user_id
    )
    return [
        SavedViewRow(
            id=str(view.id),
            name=view.name,
            filter=view.filter,
            label=str(view.label_id or ""),
            search=view.search,
        )
        for view in await session.exec(query.order_by(col(SavedView.name_key)))
    ]


def _row(label: Label) -> LabelRow:
    return LabelRow(id=str(label.id), name=label.name, colour=label.colour.value)
