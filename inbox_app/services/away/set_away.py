"""An account says when it answers, and what it says when it does not (S4)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.catalogues import nearest
from inbox_app.models import AuditEntry, AwaySettings
from inbox_app.queries.accounts.away import Away


async def set_away(
    session: AsyncSession, account_id: int, user_id: int, away: Away, now: datetime
) -> None:
    """From the next message on; an audit entry says who."""
    query = select(AwaySettings).where(col(AwaySettings.account_id) == account_id)
    row = (await session.exec(query.with_for_update())).one_or_none()
    row = row or AwaySettings(
        account_id=account_id, days=[], closed_days=[], urgent_words=[], changed_at=now
    )
    row.answers, row.texts = away.answers, dict(away.texts)
    row.text = away.texts.get(nearest(away.language) or "en", "")
    row.on_call = list(away.on_call)
    row.days = [[list(span) for span in spans] for spans in away.hours.days]
    row.closed_days = sorted(day.isoformat() for day in away.hours.closed_days)
    row.urgent_words = list(away.urgent_words)
    row.changed_at, row.changed_by = now, user_id
    session.add(row)
    details = {"answers": away.answers, "urgent_words": len(away.urgent_words)}
    details |= {"on_call": len(away.on_call)}
    session.add(
        AuditEntry(
            account_id=account_id, at=now, user_id=user_id, what="away.changed", details=details
        )
    )
