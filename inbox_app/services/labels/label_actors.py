"""Puts labels on actors and takes them off; they go over when two turn out to be one (A3)."""

from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Actor, ActorLabel
from inbox_app.services.bulk import insert_new
from inbox_app.services.labels.write_label import find_label

Taken = dict[str, Any]


async def put_label(session: AsyncSession, account_id: int, label_id: int, actor_id: int) -> bool:
    """Whether they had it not. Raises ``NotFoundError``."""
    label = await find_label(session, account_id, label_id)
    # Locked: a new name moves the actor, and the database the label.
    query = select(Actor).where(
        col(Actor.account_id) == account_id,
        col(Actor.id) == actor_id,
        col(Actor.merged_into).is_(None),
    )
    actor = (await session.exec(query.with_for_update())).one_or_none()
    if actor is None:
        raise NotFoundError
    row = {"account_id": account_id, "label_id": label.id, **_of(actor)}
    put = await insert_new(await session.connection(), ActorLabel, [row], col(ActorLabel.id))
    return bool(put)


async def take_label(session: AsyncSession, account_id: int, label_id: int, actor_id: int) -> bool:
    """Whether they had it."""
    theirs = _theirs(account_id, actor_id), col(ActorLabel.label_id) == label_id
    return (await session.exec(delete(ActorLabel).where(*theirs))).rowcount == 1


async def move_labels(session: AsyncSession, gone: Actor, kept: Actor) -> Taken:
    """What both have stays where it is."""
    ours = select(ActorLabel.label_id).where(_theirs(kept.account_id, kept.id))
    moving = update(ActorLabel).where(
        _theirs(gone.account_id, gone.id), col(ActorLabel.label_id).not_in(ours)
    )
    moved = await session.exec(moving.values(_of(kept)).returning(col(ActorLabel.id)))
    return {"moved": sorted(moved.scalars())}


async def return_labels(session: AsyncSession, gone: Actor, kept: Actor, taken: Taken) -> None:
    """Those that the kept one has still; once where labels were merged since."""
    left = _theirs(kept.account_id, kept.id), col(ActorLabel.id).in_(taken["moved"])
    again = select(ActorLabel.label_id).where(_theirs(gone.account_id, gone.id))
    await session.exec(delete(ActorLabel).where(*left, col(ActorLabel.label_id).in_(again)))
    await session.exec(update(ActorLabel).where(*left).values(_of(gone)))


def _theirs(account_id: int, actor_id: int) -> ColumnElement[bool]:
    return (col(ActorLabel.account_id) == account_id) & (col(ActorLabel.actor_id) == actor_id)


def _of(actor: Actor) -> dict[str, Any]:
    """What a row of a label keeps of its actor."""
    return {
        "actor_id": actor.id,
        "sort_name": actor.sort_name,
        "archived_at": actor.archived_at,
    }
