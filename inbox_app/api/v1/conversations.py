"""`/conversations` and their messages."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from inbox_app import clock, runtime
from inbox_app.api.v1 import paging
from inbox_app.api.v1.holder import Holder, IdempotencyKey
from inbox_app.api.v1.paging import Cursor, Limit, Page
from inbox_app.api.v1.problems import Problem, not_found
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MAX_TEXT, Origin
from inbox_app.live import Change, Queue
from inbox_app.models import Conversation
from inbox_app.queries import api_conversations, api_messages
from inbox_app.queries.api_rows import ConversationOut, MessageOut
from inbox_app.services import open_conversation, send
from inbox_app.services.api_keys import KeyHolder
from inbox_app.services.bulk import RacedError
from inbox_app.services.open_conversation import (
    BadPhoneError,
    NoSuchActorError,
    OthersNumberError,
)

router = APIRouter(prefix="/conversations", tags=["conversations"])
_TRIES = 3


class NewConversation(BaseModel):
    """With whom: the external id of an actor, or a number in international form."""

    model_config = ConfigDict(extra="forbid")

    actor: Annotated[str | None, Field(max_length=200)] = None
    phone: Annotated[str | None, Field(max_length=50)] = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "NewConversation":
        if (self.actor is None) == (self.phone is None):
            raise ValueError("give either actor or phone")
        return self


class NewText(BaseModel):
    """A text to send."""

    model_config = ConfigDict(extra="forbid")

    text: str


@router.get("")
async def list_conversations(
    holder: Holder, limit: Limit = 50, cursor: Cursor = None
) -> Page[ConversationOut]:
    """All conversations, the newest by arrival first."""
    place = paging.decode(cursor)
    async with runtime.current().database.reading() as session:
        items, after = await api_conversations.conversations(
            session,
            holder.account_id,
            clock.now(),
            limit=limit,
            after=place and api_conversations.After(*place),
        )
    return Page(items=items, next_cursor=paging.encode(after))


@router.post("", status_code=201, responses={200: {"model": ConversationOut}})
async def begin_conversation(
    holder: Holder, wanted: NewConversation, answer: Response
) -> ConversationOut:
    """The conversation with an actor or a number; 201 when it was made, 200 when there was one."""
    now = clock.now()
    found = await _opened(holder, wanted)
    if found.created_at < now:
        answer.status_code = 200
    else:
        runtime.current().live.publish(Change(holder.account_id, found.id))
    return await get_conversation(holder, str(found.id))


@router.get("/{id}")
async def get_conversation(holder: Holder, id: str) -> ConversationOut:
    """One conversation."""
    async with runtime.current().database.reading() as session:
        found = await api_conversations.conversation(
            session, holder.account_id, read_id(id) or 0, clock.now()
        )
    if found is None:
        raise not_found()
    return found


@router.get("/{id}/messages")
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


@router.post("/{id}/messages", status_code=202)
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
    except send.BadText:
        raise Problem(422, "invalid", f"text: has 1 to {MAX_TEXT} characters.") from None
    except send.Refused as refused:
        raise _refused(refused) from None
    held.live.publish(Change(holder.account_id, conversation_id))
    held.live.wake(Queue.SEND)
    assert shown is not None  # noqa: S101 - it was queued a moment ago
    return shown


async def _opened(holder: KeyHolder, wanted: NewConversation) -> Conversation:
    for _ in range(_TRIES):
        try:
            return await _open(holder, wanted)
        except RacedError:
            continue
        except BadPhoneError as bad:
            why = "is this account's own number" if bad.problem is None else str(bad.problem)
            raise Problem(422, "phone", f"phone: {why.replace('_', ' ')}.") from None
        except NoSuchActorError:
            raise Problem(422, "actor", "actor: there is none with this external id.") from None
        except OthersNumberError:
            raise Problem(409, "number-of-another", "The number is another actor's.") from None
    raise Problem(503, "busy", "Others are writing the same: try again.")


async def _open(holder: KeyHolder, wanted: NewConversation) -> Conversation:
    async with runtime.current().database.transaction() as session:
        if wanted.actor is not None:
            return await open_conversation.for_actor(
                session, holder.account_id, wanted.actor, clock.now()
            )
        return await open_conversation.for_phone(
            session, holder.account_id, wanted.phone or "", clock.now()
        )


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
