"""`/conversations/{id}/messages`: read and sent."""

import hashlib

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from inbox_app import clock, runtime
from inbox_app.api.v1 import paging, problems
from inbox_app.api.v1.holder import Holder, IdempotencyKey
from inbox_app.api.v1.paging import Cursor, Limit, Page
from inbox_app.api.v1.problems import Problem, not_found
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MAX_TEXT, Origin
from inbox_app.live import Change, Queue
from inbox_app.queries import api_messages
from inbox_app.queries.api_rows import MessageOut
from inbox_app.services import send
from inbox_app.services.api_keys import KeyHolder

router = APIRouter(prefix="/conversations/{id}/messages", tags=["messages"])


class NewText(BaseModel):
    """A text to send."""

    model_config = ConfigDict(extra="forbid")

    text: str


@router.get("")
async def list_messages(
    holder: Holder,
    id: str,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[MessageOut]:
    """Its messages, the newest first."""
    place = paging.decode(cursor)
    async with runtime.current().database.reading() as session:
        found = await api_messages.messages(
            session,
            holder.account_id,
            read_id(id) or 0,
            limit=limit,
            before=place and api_messages.Before(*place),
        )
    if found is None:
        raise not_found()
    items, before = found
    return Page(items=items, next_cursor=paging.encode(before))


@router.post("", status_code=202)
async def send_text(
    holder: Holder,
    key: IdempotencyKey,
    id: str,
    new: NewText,
) -> MessageOut:
    """Queue a text. 409 with `control` when the rule refuses; then nothing was queued."""
    held, conversation_id = runtime.current(), read_id(id) or 0
    try:
        async with held.database.transaction() as session:
            queued = await send.queue_text(
                session,
                account_id=holder.account_id,
                conversation_id=conversation_id,
                text=new.text,
                author_id=None,
                origin=Origin.API,
                client_ref=_client_ref(holder, key),
                now=clock.now(),
            )
            shown = await api_messages.message(session, holder.account_id, queued.id)
    except send.NotFound:
        raise not_found() from None
    except send.ReferenceTaken:
        raise Problem(409, *problems.KEY_REUSED) from None
    except send.BadText:
        raise Problem(422, "invalid", f"text: has 1 to {MAX_TEXT} characters.") from None
    except send.Refused as refused:
        raise _refused(refused) from None
    held.live.publish(Change(holder.account_id, conversation_id))
    held.live.wake(Queue.SEND)
    assert shown is not None  # noqa: S101 - it was queued a moment ago
    return shown


def _client_ref(holder: KeyHolder, key: str | None) -> str | None:
    """So that a send that comes again after a crash is one message all the same."""
    if key is None:
        return None
    return f"api:{hashlib.sha256(f'{holder.key_id}:{key}'.encode()).hexdigest()}"


def _refused(refused: send.Refused) -> Problem:
    decision = refused.decision
    return Problem(
        409,
        "refused",
        f"Free text cannot be sent now: {decision.reason.replace('_', ' ')}.",
        control=decision.control,
        reason=decision.reason,
    )
