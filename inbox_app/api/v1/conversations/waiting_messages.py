"""What waits for its time or for an answer (M10, W7), and a message by its id, taken back while it
has not left (M11)."""

from fastapi import APIRouter
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.gate import paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.ids import MessageName, read_id, read_message_name
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.live import Change
from inbox_app.queries.api import messages, waiting_messages
from inbox_app.queries.api.message_out import MessageOut
from inbox_app.queries.thread.thread import Place
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.sending.take_back import HasLeftError, take_back

router = APIRouter(tags=["messages"])


@router.get("/conversations/{id}/messages/waiting")
async def list_waiting(
    holder: Holder, id: str, limit: Limit = 50, cursor: Cursor = None
) -> Page[MessageOut]:
    """Its texts that wait, as they will leave: by their time, then those that wait for an
    answer."""
    place, conversation_id = paging.decode(cursor), read_id(id) or 0
    async with current_runtime().database.reading() as session:
        if not await messages.is_ours(session, holder.account_id, conversation_id):
            raise not_found()
        items, after = await waiting_messages.waiting_messages(
            session,
            holder.account_id,
            conversation_id,
            limit=limit,
            after=place and Place(*place),
        )
    return Page(items=items, next_cursor=paging.encode(after))


@router.get("/messages/{id}")
async def get_message(holder: Holder, id: str) -> MessageOut:
    """One message. What waited keeps its id when it leaves."""
    async with current_runtime().database.reading() as session:
        found = await messages.message(session, holder.account_id, _named(id))
    if found is None:
        raise not_found()
    return found


@router.delete("/messages/{id}", status_code=204)
async def take_back_message(holder: Holder, id: str) -> None:
    """Take it back while it waits or is queued; what a person wrote is in their box again. 409 when
    it has left, or may have."""
    runtime = current_runtime()
    conversation_id = await _taken_back(holder, _named(id))
    runtime.live.publish(Change(holder.account_id, conversation_id))


async def _taken_back(holder: KeyHolder, name: MessageName) -> int:
    async def work(session: AsyncSession) -> int:
        return await take_back(session, holder.account_id, name, clock.now())

    try:
        return await current_runtime().database.run_transaction(work)
    except NotFoundError:
        raise not_found() from None
    except HasLeftError as too_late:
        raise _too_late(too_late.status) from None


def _named(id: str) -> MessageName:
    name = read_message_name(id)
    if name is None:
        raise not_found()
    return name


def _too_late(status: DeliveryStatus | None) -> Problem:
    return Problem(409, "has-left", _WHY.get(status, "It has left."), message_status=status)


_WHY = {
    None: "It came in: only what is to be sent can be taken back.",
    DeliveryStatus.QUEUED: "It is leaving now.",
    DeliveryStatus.UNKNOWN: "It may have left.",
    DeliveryStatus.FAILED: "It is not waiting: it failed.",
}
