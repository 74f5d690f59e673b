"""Conversations whose window closes soon: other systems are told of each once (A3, W6)."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.webhooks import CLOSES_WITHIN, WebhookEventType
from inbox_app.models import WebhookEndpoint
from inbox_app.queries.inbox.reply_windows import closing_within
from inbox_app.services.webhooks.note_events import Note, note_events

_MOST = 1_000


async def note_closing(session: AsyncSession, now: datetime) -> None:
    """Of the accounts that somebody listens to; those noted before are left as they are."""
    connection = await session.connection()
    listened_to = select(col(WebhookEndpoint.account_id)).where(
        col(WebhookEndpoint.switched_off_at).is_(None)
    )
    query = closing_within(CLOSES_WITHIN, now, listened_to).limit(_MOST)
    type_ = WebhookEventType.WINDOW_CLOSING
    notes = [
        Note(account_id, type_, id_, once=f"{type_.value}/{id_}/{at.isoformat()}")
        for account_id, id_, at in await connection.execute(query)
    ]
    await note_events(connection, notes)
