"""An account chooses how long it keeps what it has (A6)."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.retention import Retention as Kept
from inbox_app.models import AuditEntry, Retention


async def set_retention(
    session: AsyncSession, account_id: int, user_id: int, kept: Kept, now: datetime
) -> None:
    """From now on; an audit entry says who."""
    query = select(Retention).where(col(Retention.account_id) == account_id)
    row = (await session.exec(query.with_for_update())).one_or_none()
    row = row or Retention(account_id=account_id, changed_at=now)
    row.message_days, row.file_days, row.event_days = kept.messages, kept.files, kept.events
    row.changed_at, row.changed_by = now, user_id
    session.add(row)
    session.add(
        AuditEntry(
            account_id=account_id,
            at=now,
            user_id=user_id,
            what="retention.changed",
            details=asdict(kept),
        )
    )
