"""Notices told in a thread, and its rows."""

from datetime import datetime, timedelta
from typing import Any

from inbox_app.database import Database
from inbox_app.domain.messages import MessageKind
from inbox_app.models import Conversation
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import between
from inbox_app.queries.thread.thread_span import BEGINNING
from tests.queries.conversations import say

MINUTE = timedelta(minutes=1)
WA_ID = "393471234567"


async def told(
    database: Database, talk: Conversation, now: datetime, *each: tuple[str, str | None]
) -> list[int]:
    """Notices of a type, or with an empty type texts, a minute apart."""
    ids: list[int] = []
    async with database.transaction() as session:
        for minute, (type_, words) in enumerate(each):
            kind = MessageKind.UNSUPPORTED if type_ else MessageKind.TEXT
            columns: dict[str, Any] = {"kind": kind, "unsupported_type": type_ or None}
            at = now + minute * MINUTE
            ids.append((await say(session, talk, at, words or "", **columns)).id)
    return ids


async def rows(database: Database, talk: Conversation) -> list[MessageRow]:
    async with database.reading() as session:
        of = (session, talk.account_id, talk.id)
        return await between(*of, BEGINNING, None, "Europe/Rome")
