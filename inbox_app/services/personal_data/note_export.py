"""That somebody took a person's data with them (A6)."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import AuditEntry


def note_export(
    session: AsyncSession,
    account_id: int,
    actor_id: int,
    user_id: int | None,
    now: datetime,
    by: str = "api",
) -> None:
    """``by`` says who did it where no user did."""
    session.add(
        AuditEntry(
            account_id=account_id,
            at=now,
            user_id=user_id,
            what="actor.exported",
            details={"actor": actor_id} | ({} if user_id else {"by": by}),
        )
    )
