"""`/conversations/{id}/messages`: read and sent."""

import hashlib
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.conversations.file_form import FORM_BODY
from inbox_app.api.v1.conversations.send_refusals import REFUSALS, problem_of
from inbox_app.api.v1.gate import paging
from inbox_app.api.v1.gate.description import one_of
from inbox_app.api.v1.gate.holder import Holder, IdempotencyKey
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.api.v1.gate.values import Moment
from inbox_app.domain.ids import MessageName, read_id
from inbox_app.domain.messages import MAX_TEXT, Origin
from inbox_app.live import Change, Queue
from inbox_app.models import Message, Outbox
from inbox_app.queries.api import messages
from inbox_app.queries.api.message_out import ON_ANSWER, MessageOut, OnAnswer, waiting_out
from inbox_app.queries.thread.thread import Place
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.sending.send import queue_text
from inbox_app.services.sending.send_later import When, queue_later
from inbox_app.services.templates.send_template import queue_template

router = APIRouter(prefix="/conversations/{id}/messages", tags=["messages"])
_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time", "not": {"const": ON_ANSWER}}
_SHAPES: tuple[dict[str, Any], ...] = (
    {"text": _TEXT},
    {"text": _TEXT, "send_at": _TIME, "fallback_template?": _TEXT},
    {"text": _TEXT, "send_at": {"const": ON_ANSWER}},
    {"template": _TEXT},
)


class NewMessage(BaseModel):
    """What to send: a text, or a template by its id. A text may wait for a time (M10) or for their
    answer (W7)."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=one_of(*_SHAPES))

    text: str | None = None
    template: Annotated[str | None, Field(max_length=50)] = None
    send_at: Annotated[
        Moment | OnAnswer | None,
        Field(description="Leaves then, if it has not been taken back: at most a year ahead."),
    ] = None
    fallback_template: Annotated[
        str | None,
        Field(
            max_length=50,
            description="Goes out at that time in the place of a text that may "
            "not be sent then; the text follows their answer.",
        ),
    ] = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "NewMessage":
        if (self.text is None) == (self.template is None):
            raise ValueError("give either text or template")
        if self.send_at is not None and self.text is None:
            raise ValueError("only a text can wait: give text with send_at")
        if self.fallback_template is not None and not isinstance(self.send_at, datetime):
            raise ValueError("a fallback_template is for a text that waits for a time")
        return self

    @property
    def when(self) -> When:
        """For a text that waits."""
        due_at = self.send_at if isinstance(self.send_at, datetime) else None
        return When(due_at, self.fallback_template)


@router.get("")
async def list_messages(
    holder: Holder,
    id: str,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[MessageOut]:
    """Its messages, the newest first."""
    place = paging.decode(cursor)
    async with current_runtime().database.reading() as session:
        found = await messages.messages(
            session,
            holder.account_id,
            read_id(id) or 0,
            limit=limit,
            before=place and Place(*place),
        )
    if found is None:
        raise not_found()
    items, before = found
    return Page(items=items, next_cursor=paging.encode(before))


@router.post("", status_code=202, openapi_extra=FORM_BODY)
async def send_message(holder: Holder, key: IdempotencyKey, id: str, new: NewMessage) -> MessageOut:
    """Queue a text or a template; or, as a form, a photo or a PDF. With `send_at` a text waits
    instead. 409 with `control` when the rule refuses; then nothing was queued."""
    runtime, conversation_id = current_runtime(), read_id(id) or 0
    sent = await _queued(holder, conversation_id, new, client_ref(holder, key))
    runtime.live.publish(Change(holder.account_id, conversation_id))
    runtime.live.wake(Queue.SEND)
    return sent


async def _queued(
    holder: KeyHolder, conversation_id: int, new: NewMessage, client_ref: str | None
) -> MessageOut:
    async def work(session: AsyncSession) -> MessageOut:
        return await _queue(session, holder, conversation_id, new, client_ref)

    try:
        return await current_runtime().database.run_transaction(work)
    except REFUSALS as no:
        raise _problem(no, new) from None


def _problem(error: Exception, new: NewMessage) -> Problem:
    return problem_of(
        error,
        what="Free text" if new.template is None else "A template",
        text=f"text: has 1 to {MAX_TEXT} characters.",
        template="template" if new.send_at is None else "fallback_template",
    )


async def _queue(
    session: AsyncSession,
    holder: KeyHolder,
    conversation_id: int,
    new: NewMessage,
    client_ref: str | None,
) -> MessageOut:
    common: dict[str, Any] = {
        "account_id": holder.account_id,
        "conversation_id": conversation_id,
        "author_id": None,
        "origin": Origin.API,
        "client_ref": client_ref,
        "now": clock.now(),
    }
    if new.template is not None:
        template_id = read_id(new.template) or 0
        queued = await queue_template(session, template_id=template_id, **common)
    elif new.send_at is not None:
        queued = await queue_later(session, text=new.text or "", when=new.when, **common)
    else:
        queued = await queue_text(session, text=new.text or "", **common)
    return await shown(session, holder, queued)


async def shown(session: AsyncSession, holder: KeyHolder, queued: Message | Outbox) -> MessageOut:
    """One that was taken a moment ago."""
    if isinstance(queued, Outbox):
        return waiting_out(queued)
    message = await messages.message(session, holder.account_id, MessageName(queued.id))
    assert message is not None  # noqa: S101 - as said
    return message


def client_ref(holder: KeyHolder, key: str | None) -> str | None:
    """So that a send that comes again after a crash is one message all the same."""
    if key is None:
        return None
    return f"api:{hashlib.sha256(f'{holder.key_id}:{key}'.encode()).hexdigest()}"
