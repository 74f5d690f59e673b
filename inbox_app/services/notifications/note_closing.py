"""Who waits for an answer while the window closes within the hour: each whose business it is hears
of it once (N2, W6)."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import CLOSES_WITHIN, NotificationKind
from inbox_app.models import Conversation, NotifiedDevice
from inbox_app.queries.inbox.reply_windows import closing_within
from inbox_app.services.notifications.note import Note, note

_MOST = 1_000


async def note_closing(session: AsyncSession, now: datetime) -> None:
    """To people with a device that listens; what was noted before is left as it is, and whoever is
    given the conversation meanwhile hears of it too."""
    connection = await session.connection()
    waiting = (
        col(Conversation.waiting_since).is_not(None),
        col(Conversation.snooze).is_(None),
        col(Conversation.archived_at).is_(None),
    )
    listening = select(col(NotifiedDevice.account_id))
    closing = closing_within(CLOSES_WITHIN, now, listening, *waiting).limit(_MOST)
    rows = (await connection.execute(closing.add_columns(col(Conversation.assigned_to)))).all()
    people = await _listening(session, {account_id for account_id, *_ in rows})
    notes = [
        _note(account_id, id_, at, person)
        for account_id, id_, at, assigned_to in rows
        for person in people[account_id]
        if assigned_to in {None, person}
    ]
    await note(connection, notes)


def _note(account_id: int, conversation_id: int, at: datetime, person: int) -> Note:
    kind = NotificationKind.CLOSING
    once = f"{kind.value}/{conversation_id}/{at.isoformat()}/{person}"
    return Note(account_id, kind, conversation_id, once=once, user_id=person)


async def _listening(session: AsyncSession, account_ids: set[int]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    query = select(NotifiedDevice.account_id, NotifiedDevice.user_id).where(
        col(NotifiedDevice.account_id).in_(account_ids)
    )
    for account_id, user_id in await session.exec(query.distinct()):
        found[account_id].add(user_id)
    return found
