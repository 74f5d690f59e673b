"""`/conversations/{id}/messages`: read and sent."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1 import paging, problems
from inbox_app.api.v1.description import either
from inbox_app.api.v1.file_form import FORM_BODY
from inbox_app.api.v1.holder import Holder, IdempotencyKey
from inbox_app.api.v1.paging import Cursor, Limit, Page
from inbox_app.api.v1.problems import Problem, not_found
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MAX_TEXT, Origin
from inbox_app.live import Change, Queue
from inbox_app.queries.api import messages
from inbox_app.queries.api.messages import MessageOut
from inbox_app.queries.thread.thread import Place
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.sending import send
from inbox_app.services.templates.send_template import (
    MarketingStoppedError,
    NoSuchTemplateError,
    TemplateNotReadyError,
    queue_template,
)

router = APIRouter(prefix="/conversations/{id}/messages", tags=["messages"])


class NewMessage(BaseModel):
    """What to send: a text, or a template by its id."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=either("text", "template"))

    text: str | None = None
    template: Annotated[str | None, Field(max_length=50)] = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "NewMessage":
        if (self.text is None) == (self.template is None):
            raise ValueError("give either text or template")
        return self


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
    """Queue a text or a template; or, as a form, a photo or a PDF. 409 with `control` when the rule
    refuses; then nothing was queued."""
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
    except NoSuchTemplateError:
        raise Problem(422, "template", "template: there is none with this id.") from None
    except NotFoundError:
        raise not_found() from None
    except send.ReferenceTakenError:
        raise Problem(409, *problems.KEY_REUSED) from None
    except send.BadTextError:
        raise Problem(422, "invalid", f"text: has 1 to {MAX_TEXT} characters.") from None
    except SendRefusedError as no:
        what = "Free text" if new.template is None else "A template"
        raise refused(no, what) from None
    except TemplateNotReadyError as no:
        raise _not_ready(no) from None
    except MarketingStoppedError as no:
        words = "This person asked for no more marketing."
        raise Problem(409, "marketing-stopped", words, control=no.control) from None


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
    if new.template is None:
        queued = await send.queue_text(session, text=new.text or "", **common)
    else:
        template_id = read_id(new.template) or 0
        queued = await queue_template(session, template_id=template_id, **common)
    return await shown(session, holder, queued.id)


async def shown(session: AsyncSession, holder: KeyHolder, message_id: int) -> MessageOut:
    """One that was queued a moment ago."""
    message = await messages.message(session, holder.account_id, message_id)
    assert message is not None  # noqa: S101 - as said
    return message


def client_ref(holder: KeyHolder, key: str | None) -> str | None:
    """So that a send that comes again after a crash is one message all the same."""
    if key is None:
        return None
    return f"api:{hashlib.sha256(f'{holder.key_id}:{key}'.encode()).hexdigest()}"


def refused(error: SendRefusedError, what: str) -> Problem:
    """The rule's no, with what can be done instead."""
    decision = error.decision
    return Problem(
        409,
        "refused",
        f"{what} cannot be sent now: {decision.reason.replace('_', ' ')}.",
        control=decision.control,
        reason=decision.reason,
    )


def _not_ready(refused: TemplateNotReadyError) -> Problem:
    return Problem(
        409,
        "template-not-ready",
        f"The template is {refused.state}, not accepted.",
        control=refused.control,
        state=refused.state,
        reasons=list(refused.reasons),
    )
