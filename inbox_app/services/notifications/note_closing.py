"""Who waits for an answer while the window closes within the hour: told once for each (N2, W6)."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import CLOSES_WITHIN, NotificationKind
from inbox_app.models import Conversation, NotifiedDevice
from inbox_app.queries.inbox.reply_windows import closing_within
from inbox_app.services.notifications.note import Note, note

_MOST = 1_000


async def note_closing(session: AsyncSession, now: datetime) -> None:
    """In the accounts of devices that listen; those noted before are left as they are."""
    connection = await session.connection()
    waiting = (
        col(Conversation.waiting_since).is_not(None),
        col(Conversation.snooze).is_(None),
        col(Conversation.archived_at).is_(None),
    )
    listening = select(col(NotifiedDevice.account_id))
    query = closing_within(CLOSES_WITHIN, now, listening, *waiting).limit(_MOST)
    kind = NotificationKind.CLOSING
    notes = [
        Note(account_id, kind, id_, once=f"{kind.value}/{id_}/{at.isoformat()}")
        for account_id, id_, at in await connection.execute(query)
    ]
    await note(connection, notes)
