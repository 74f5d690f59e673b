"""What is older than an account wants to keep goes, some at a time (A6).

Of messages, tasks, files and raw events alike each call takes up to so many and says how many
there were.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, false, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import (
    AuditEntry,
    Connection,
    EventState,
    InboundEvent,
    Media,
    MediaState,
    Message,
    Retention,
    Task,
)
from inbox_app.queries.accounts.retention import files_before, messages_before
from inbox_app.services.personal_data.erase_events import holds
from inbox_app.services.personal_data.erase_messages import empty_messages, says_something

AT_ONCE = 200
EVENTS_AT_ONCE = 1_000


async def messages(session: AsyncSession, account_id: int, before: datetime) -> int:
    """Who wrote when stays, and that it was read; what they said goes, from the search too."""
    query = select(Message).where(
        col(Message.account_id) == account_id, *messages_before(before), says_something()
    )
    some = (await session.exec(query.limit(AT_ONCE))).all()
    await empty_messages(session, account_id, some)
    return len(some)


async def tasks(session: AsyncSession, account_id: int, before: datetime, name: str) -> int:
    """The words of a task that was made from a message are what somebody wrote: they stay while
    there is something to do, and then as long as messages. ``name`` stands where they stood."""
    over = func.coalesce(col(Task.closed_at), col(Task.archived_at)) < before
    theirs = col(Task.account_id) == account_id, col(Task.message_id).is_not(None)
    some = select(Task.id).where(*theirs, over).limit(AT_ONCE)
    gone = (
        update(Task)
        .where(col(Task.account_id) == account_id, col(Task.id).in_(some))
        .values(title=name, description=None, message_id=None)
    )
    return (await session.exec(gone)).rowcount


async def files(session: AsyncSession, account_id: int, before: datetime) -> int:
    """The message stays, with its text: the bytes go once no row names them."""
    theirs = col(Media.account_id) == account_id
    some = select(Media.id).where(theirs, *files_before(before)).limit(AT_ONCE)
    gone = (
        update(Media)
        .where(theirs, col(Media.id).in_(some))
        .values(
            state=MediaState.EXPIRED,
            problem="retention",
            provider_media_id="",
            filename=None,
            sha256=None,
            thumb_sha256=None,
            playable_sha256=None,
        )
    )
    return (await session.exec(gone)).rowcount


async def events(session: AsyncSession, account_id: int, before: datetime) -> tuple[int, bool]:
    """How many raw events went, and whether more are to be looked into. One that tells of another
    company too stays as long as the installation keeps it."""
    query = select(Retention).where(col(Retention.account_id) == account_id)
    row = (await session.exec(query.with_for_update())).one()
    start, last = row.events_seen, await _last_understood(session, before)
    row.events_seen = max(start, min(start + EVENTS_AT_ONCE, last))
    session.add(row)
    between = col(InboundEvent.id) > start, col(InboundEvent.id) <= row.events_seen
    gone = await _of_account_alone(session, account_id, *between)
    await session.exec(delete(InboundEvent).where(col(InboundEvent.id).in_(gone)))
    return len(gone), row.events_seen < last


def note_forgotten(
    session: AsyncSession, account_id: int, counts: dict[str, int], now: datetime
) -> None:
    """What went by itself is in the audit."""
    session.add(
        AuditEntry(
            account_id=account_id,
            at=now,
            user_id=None,
            what="retention.forgotten",
            details=counts | {"by": "retention"},
        )
    )


async def _last_understood(session: AsyncSession, before: datetime) -> int:
    """Up to it all are old enough, but for what failed and is understood later."""
    query = select(func.max(InboundEvent.id)).where(col(InboundEvent.understood_at) < before)
    return (await session.exec(query)).one() or 0


async def _of_account_alone(
    session: AsyncSession, account_id: int, *between: ColumnElement[bool]
) -> list[int]:
    ours = select(Connection.external_id).where(col(Connection.account_id) == account_id)
    others = select(Connection.external_id).where(col(Connection.account_id) != account_id)
    dialect = (await session.connection()).dialect.name
    naming = [holds(end, dialect) for end in await session.exec(ours) if end]
    over = col(InboundEvent.state).in_([EventState.APPLIED, EventState.DUPLICATE])
    query = select(InboundEvent).where(*between, over, or_(false(), *naming))
    theirs = [end.encode() for end in await session.exec(others) if end]
    return [event.id for event in await session.exec(query) if not _names(event.body, theirs)]


def _names(body: bytes, ends: Collection[bytes]) -> bool:
    return any(end in body for end in ends)
