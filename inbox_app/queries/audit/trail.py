"""The audit trail, the newest first, by person and kind (X1)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.audit import SUBJECTS, AuditKind
from inbox_app.models import Actor, AuditEntry, Conversation, User
from inbox_app.queries.audit.rows import AuditRow
from inbox_app.queries.audit.sentences import Named, sentence
from inbox_app.web import millis

PAGE = 50


class TrailFilter(NamedTuple):
    """Nothing leaves all in."""

    person: int | None = None
    kind: AuditKind | None = None


async def trail(
    session: AsyncSession,
    account_id: int,
    language: str,
    wanted: TrailFilter,
    *,
    before: int | None = None,
) -> list[AuditRow]:
    """A page of it, from below the entry `before` on."""
    query = (
        select(AuditEntry)
        .where(col(AuditEntry.account_id) == account_id, *_wanted(wanted))
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(PAGE)
    )
    if before is not None:
        place = (
            select(AuditEntry.at, AuditEntry.id)
            .where(col(AuditEntry.account_id) == account_id, col(AuditEntry.id) == before)
            .subquery()
        )
        query = query.join(place, tuple_(AuditEntry.at, AuditEntry.id) < tuple_(*place.c))
    return await _told(session, account_id, language, (await session.exec(query)).all())


def _wanted(wanted: TrailFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.person is not None:
        yield col(AuditEntry.user_id) == wanted.person
    if wanted.kind is not None:
        begins = (col(AuditEntry.what).startswith(f"{one}.") for one in SUBJECTS[wanted.kind])
        yield or_(*begins)


async def _told(
    session: AsyncSession, account_id: int, language: str, entries: Sequence[AuditEntry]
) -> list[AuditRow]:
    people = await _people(session, account_id, entries)
    actors = await _actors(session, account_id, entries)
    chats = await _conversations(session, account_id, entries)

    def named(entry: AuditEntry) -> Named:
        told = entry.details
        subject = people.get(told.get("user", 0)) or actors.get(told.get("actor") or 0)
        subject = subject or chats.get(told.get("conversation", 0), "")
        return Named(people.get(entry.user_id or 0, ""), subject)

    return [
        AuditRow(
            id=str(entry.id),
            at=millis(entry.at),
            said=sentence(language, entry.what, entry.details, named(entry)),
        )
        for entry in entries
    ]


async def _people(
    session: AsyncSession, account_id: int, entries: Sequence[AuditEntry]
) -> dict[int, str]:
    ids = {entry.user_id for entry in entries} | _told_ids(entries, "user")
    query = select(User.id, User.name, User.email).where(
        col(User.account_id) == account_id, col(User.id).in_(ids)
    )
    return {id_: name or email for id_, name, email in (await session.exec(query)).all()}


async def _actors(
    session: AsyncSession, account_id: int, entries: Sequence[AuditEntry]
) -> dict[int, str]:
    query = select(Actor.id, Actor.name).where(
        col(Actor.account_id) == account_id, col(Actor.id).in_(_told_ids(entries, "actor"))
    )
    return dict((await session.exec(query)).all())


async def _conversations(
    session: AsyncSession, account_id: int, entries: Sequence[AuditEntry]
) -> dict[int, str]:
    """By the name of the actor with whom they are now."""
    query = (
        select(Conversation.id, Actor.name)
        .join(Actor, col(Actor.id) == col(Conversation.actor_id))
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.id).in_(_told_ids(entries, "conversation")),
        )
    )
    return dict((await session.exec(query)).all())


def _told_ids(entries: Iterable[AuditEntry], name: str) -> set[int]:
    told = (entry.details.get(name) for entry in entries)
    return {id_ for id_ in told if isinstance(id_, int)}
