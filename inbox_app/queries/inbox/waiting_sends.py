"""What waits in the outbox of a conversation for its time or for an answer (M10, W7)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Outbox, OutboxState, User
from inbox_app.queries.thread.rows import WaitingSendRow
from inbox_app.web import millis

_MOST = 50


async def waiting_sends(
    session: AsyncSession, account_id: int, conversation_id: int
) -> list[WaitingSendRow]:
    """As they will leave: by their time, then those that wait for an answer."""
    query = (
        select(Outbox, User.name)
        .outerjoin(User, col(User.id) == col(Outbox.author_id))
        .where(
            col(Outbox.account_id) == account_id,
            col(Outbox.conversation_id) == conversation_id,
            col(Outbox.state) == OutboxState.WAITING,
        )
        .order_by(col(Outbox.due_at).is_(None), col(Outbox.due_at), col(Outbox.id))
        .limit(_MOST)
    )
    return [
        WaitingSendRow(
            id=str(row.id),
            text=row.text or "",
            due_at=millis(row.due_at) if row.due_at else 0,
            author=author or "",
            has_fallback=row.fallback is not None,
            client_ref=row.client_ref or "",
        )
        for row, author in await session.exec(query)
    ]
