"""How long an account keeps what it has, and what would go if it kept less (A6)."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.retention import Retention as Kept
from inbox_app.domain.accounts.retention import before
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.models import Account, Media, Message, Retention
from inbox_app.queries.accounts.rows import WouldGo

MOST = 100_000
"""Beyond it nobody waits for the exact figure."""
_STAYING = (DeliveryStatus.WAITING, DeliveryStatus.QUEUED, DeliveryStatus.UNKNOWN)


async def retention_of(session: AsyncSession, account_id: int) -> Kept:
    """Nothing goes by itself before an admin says so."""
    query = select(Retention).where(col(Retention.account_id) == account_id)
    row = (await session.exec(query)).one_or_none()
    return Kept(row.message_days, row.file_days, row.event_days) if row else Kept()


async def retentions(session: AsyncSession) -> dict[int, Kept]:
    """Of all accounts by which anything goes."""
    rows = (await session.exec(select(Retention))).all()
    kept = {row.account_id: Kept(row.message_days, row.file_days, row.event_days) for row in rows}
    return {account_id: each for account_id, each in kept.items() if each.forgets}


async def language_of(session: AsyncSession, account_id: int) -> str:
    """In which words of the account's own stand where others went."""
    return (await session.exec(select(Account.language).where(col(Account.id) == account_id))).one()


async def would_go(session: AsyncSession, account_id: int, kept: Kept, now: datetime) -> WouldGo:
    """At once, if it were so now; raw events are not counted: they are read by nobody."""
    counted = WouldGo(messages=0, files=0, most=MOST)
    if kept.messages:
        said = select(Message.id).where(col(Message.account_id) == account_id)
        old = said.where(*messages_before(before(now, kept.messages)))
        counted["messages"] = await _count(session, old)
    if kept.files:
        files = select(Media.id).where(col(Media.account_id) == account_id)
        old = files.where(*files_before(before(now, kept.files)))
        counted["files"] = await _count(session, old)
    return counted


def messages_before(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What was said before, but for what has not left yet, and what was emptied."""
    return (
        col(Message.sent_at) < at,
        literal_column("message.kind") != literal_column("'erased'"),
        or_(col(Message.status).is_(None), col(Message.status).not_in(_STAYING)),
    )


def files_before(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Files that came, or went out, before."""
    return (
        col(Media.created_at) < at,
        literal_column("media.state") == literal_column("'ready'"),
    )


async def _count(session: AsyncSession, ids: Select[Any]) -> int:
    some = ids.limit(MOST).subquery()
    return (await session.exec(select(func.count()).select_from(some))).one()
