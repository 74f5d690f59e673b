"""Everything that tells of a person is erased, and the shape of what was said with them stays (A6):
who wrote when, and that it was read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import (
    Actor,
    ActorLabel,
    ActorMerge,
    ActorPhone,
    Address,
    AddressAlias,
    AddressTerm,
    AuditEntry,
    Conversation,
    LastInbound,
    Unseen,
)
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.notifications.settle import settle_all
from inbox_app.services.people.edit_actor import locked_actor
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.personal_data.erase_messages import erase_messages, forget_what_is_begun
from inbox_app.services.personal_data.person_ids import Theirs, ids_of, rows_of

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was, and the names of the files that were theirs."""

    conversation_ids: list[int]
    messages: int
    files: frozenset[str]


async def erase_actor(
    session: AsyncSession,
    *,
    account_id: int,
    actor_id: int,
    name: str,
    user_id: int | None,
    now: datetime,
    by: str = "api",
) -> Erased:
    """``name`` stands from now on where theirs stood; ``by`` says who did it where no user did.

    Raises ``NotFoundError``.
    """
    theirs = await rows_of(session, await locked_actor(session, account_id, actor_id))
    in_groups = (await ids_of(session, theirs)).ids
    files = await forget_what_is_begun(session, theirs)
    messages, of_messages = await erase_messages(session, theirs, in_groups, name)
    files |= of_messages
    await settle_all(session, account_id, theirs.conversation_ids)
    await _forget_addresses(session, theirs)
    await _forget_on_file(session, theirs, name, now)
    await _clean_audit(session, theirs)
    await reckon_waiting(await session.connection(), theirs.conversation_ids)
    details = {"actor": actor_id, "messages": messages, "files": len(files)}
    session.add(
        AuditEntry(
            account_id=account_id,
            at=now,
            user_id=user_id,
            what="actor.erased",
            details=details | ({} if user_id else {"by": by}),
        )
    )
    await session.flush()
    return Erased(theirs.conversation_ids, messages, frozenset(files))


async def _forget_addresses(session: AsyncSession, theirs: Theirs) -> None:
    """Who writes from there again is somebody new."""
    for table in (AddressAlias, AddressTerm, LastInbound):
        await session.exec(
            delete(table).where(
                col(table.account_id) == theirs.account_id,
                col(table.address_id).in_(theirs.address_ids),
            )
        )
    nothing = dict.fromkeys(("value", "external_id", "username", "profile_name"))
    await session.exec(
        update(Address)
        .where(
            col(Address.account_id) == theirs.account_id, col(Address.id).in_(theirs.address_ids)
        )
        .values(nothing)
    )


async def _forget_on_file(session: AsyncSession, theirs: Theirs, name: str, now: datetime) -> None:
    for table in (ActorPhone, ActorLabel):
        await session.exec(
            delete(table).where(
                col(table.account_id) == theirs.account_id,
                col(table.actor_id).in_(theirs.actor_ids),
            )
        )
    await session.exec(
        delete(ActorMerge).where(
            col(ActorMerge.account_id) == theirs.account_id,
            col(ActorMerge.kept_id).in_(theirs.actor_ids)
            | col(ActorMerge.gone_id).in_(theirs.actor_ids),
        )
    )
    of_them = select(Actor).where(
        col(Actor.account_id) == theirs.account_id, col(Actor.id).in_(theirs.actor_ids)
    )
    for actor in await session.exec(of_them):
        actor.name = name
        actor.external_id = actor.email = actor.language = actor.country = actor.notes = None
        actor.archived_at, actor.changed_at = actor.archived_at or now, now
        session.add(actor)
    await session.exec(
        update(Conversation)
        .where(
            col(Conversation.account_id) == theirs.account_id,
            col(Conversation.id).in_(theirs.conversation_ids),
        )
        .values(
            archived_at=now,
            unread=0,
            done_up_to=func.coalesce(col(Conversation.last_message_id), 0),
            reopened_at=None,
            snooze=None,
            snoozed_until=None,
        )
    )
    await session.exec(
        delete(Unseen).where(
            col(Unseen.account_id) == theirs.account_id,
            col(Unseen.conversation_id).in_(theirs.conversation_ids),
        )
    )
    await write_terms(session, theirs.account_id, theirs.actor_ids)


async def _clean_audit(session: AsyncSession, theirs: Theirs) -> None:
    """Entries stay, and the ids in them: the values go."""
    query = select(AuditEntry).where(col(AuditEntry.account_id) == theirs.account_id)
    rows = await session.stream(query.execution_options(yield_per=_AT_ONCE))
    async for entry in rows.scalars():
        if _is_about(entry.details, theirs):
            entry.details = {
                name: each
                for name, each in entry.details.items()
                if not isinstance(each, str) or name == "by"
            }
            session.add(entry)


def _is_about(details: dict[str, Any], theirs: Theirs) -> bool:
    return (
        details.get("actor") in theirs.actor_ids
        or details.get("conversation") in theirs.conversation_ids
    )
