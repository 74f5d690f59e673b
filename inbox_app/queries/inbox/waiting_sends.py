"""What waits in the outbox of a conversation for its time or for an answer (M10, W7)."""

from collections.abc import Collection

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.ids import read_id
from inbox_app.models import Outbox, OutboxState, Template
from inbox_app.queries.thread.rows import WaitingSendRow
from inbox_app.web import millis

_MOST = 50


async def waiting_sends(
    session: AsyncSession, account_id: int, conversation_id: int, local_tz: str
) -> list[WaitingSendRow]:
    """As they will leave: by their time, `local_tz` being where it is, then those that wait for an
    answer."""
    query = (
        select(Outbox)
        .where(
            col(Outbox.account_id) == account_id,
            col(Outbox.conversation_id) == conversation_id,
            col(Outbox.state) == OutboxState.WAITING,
        )
        .order_by(col(Outbox.due_at).is_(None), col(Outbox.due_at), col(Outbox.id))
        .limit(_MOST)
    )
    rows = (await session.exec(query)).all()
    names = await _template_names(session, account_id, {row.fallback for row in rows})
    return [
        WaitingSendRow(
            id=str(row.id),
            text=row.text or "",
            due_at=millis(row.due_at) if row.due_at else 0,
            local_tz=local_tz,
            fallback=names.get(row.fallback or "", ""),
            client_ref=row.client_ref or "",
        )
        for row in rows
    ]


async def _template_names(
    session: AsyncSession, account_id: int, ids: Collection[str | None]
) -> dict[str, str]:
    """Those of this account, as its people call them."""
    wanted = {id_ for text in ids if (id_ := read_id(text or "")) is not None}
    if not wanted:
        return {}
    query = select(Template.id, Template.internal_name).where(
        col(Template.account_id) == account_id, col(Template.id).in_(wanted)
    )
    return {str(id_): name for id_, name in await session.exec(query)}
