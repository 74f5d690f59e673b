"""`/conversations`: listed, shown, begun."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1 import paging
from inbox_app.api.v1.description import one_of
from inbox_app.api.v1.holder import Holder
from inbox_app.api.v1.paging import Cursor, Limit, Page
from inbox_app.api.v1.problems import Problem, not_found
from inbox_app.channels.registry import phone_channel
from inbox_app.domain.errors import BadPhoneError, OthersNumberError
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import clean_line
from inbox_app.live import Change
from inbox_app.models import Conversation
from inbox_app.queries.api import conversations
from inbox_app.queries.api.conversations import ConversationOut
from inbox_app.queries.inbox.conversation_list import Filter, View
from inbox_app.queries.inbox.list_order import Cursor as Place
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.conversations import open_conversation
from inbox_app.services.conversations.archive_conversation import set_archived
from inbox_app.services.conversations.open_conversation import NoSuchActorError
from inbox_app.services.conversations.read_conversation import mark_unread

router = APIRouter(prefix="/conversations", tags=["conversations"])
_TEXT = {"type": "string"}
_WITHOUT = "Without one, archived conversations are listed too."
ListFilter = Literal[
    Filter.ALL,
    Filter.UNREAD,
    Filter.UNASSIGNED,
    Filter.GUESTS,
    Filter.OWNERS,
    Filter.SUPPLIERS,
    Filter.UNKNOWN,
    Filter.EXPIRING,
    Filter.ARCHIVED,
]
"""Not `mine`: a key is nobody's."""


class NewConversation(BaseModel):
    """With whom: the external id of an actor, or a number in international form."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra=one_of({"actor": _TEXT}, {"phone": _TEXT})
    )

    actor: Annotated[str | None, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")] = None
    phone: Annotated[str | None, Field(max_length=50)] = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> "NewConversation":
        if (self.actor is None) == (self.phone is None):
            raise ValueError("give either actor or phone")
        return self


@router.get("")
async def list_conversations(
    holder: Holder,
    filter: Annotated[ListFilter | None, Query(description=_WITHOUT)] = None,
    q: Annotated[str, Query(max_length=100, description="As in the search box.")] = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ConversationOut]:
    """Conversations, the newest by arrival first; `expiring` ones by what closes first."""
    place = paging.decode(cursor)
    view = View(holder.account_id, filter, clean_line(q))
    async with current_runtime().database.reading() as session:
        items, after = await conversations.conversations(
            session, view, clock.now(), limit=limit, after=place and Place(*place)
        )
    return Page(items=items, next_cursor=paging.encode(after))


@router.post("", status_code=201, responses={200: {"model": ConversationOut}})
async def begin_conversation(
    holder: Holder, wanted: NewConversation, answer: Response
) -> ConversationOut:
    """The conversation with an actor or a number; 201 when it was made, 200 when there was one."""
    found, is_new = await _opened(holder, wanted)
    if is_new:
        current_runtime().live.publish(Change(holder.account_id, found.id))
    else:
        answer.status_code = 200
    return await get_conversation(holder, str(found.id))


class ChangedConversation(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    archived: bool | None = None
    unread: Literal[True] | None = None


@router.patch("/{id}")
async def change_conversation(
    holder: Holder, id: str, wanted: ChangedConversation
) -> ConversationOut:
    """Archive it or take it back, mark its last message as unread."""
    of = {"account_id": holder.account_id, "conversation_id": read_id(id) or 0}
    changed = False
    async with current_runtime().database.transaction() as session:
        if wanted.archived is not None:
            archived = wanted.archived
            changed |= await set_archived(session, **of, archived=archived, now=clock.now())
        if wanted.unread:
            changed |= await mark_unread(session, **of)
    if changed:
        current_runtime().live.publish(Change(**of))
    return await get_conversation(holder, id)


@router.get("/{id}")
async def get_conversation(holder: Holder, id: str) -> ConversationOut:
    """One conversation."""
    async with current_runtime().database.reading() as session:
        found = await conversations.conversation(
            session, holder.account_id, read_id(id) or 0, clock.now()
        )
    if found is None:
        raise not_found()
    return found


async def _opened(holder: KeyHolder, wanted: NewConversation) -> tuple[Conversation, bool]:
    """And whether it was begun just now, by this very call: somebody else's may be younger."""

    async def work(session: AsyncSession) -> tuple[Conversation, bool]:
        now = clock.now()
        found = await _open(session, holder, wanted, now)
        return found, found.created_at == now

    try:
        return await current_runtime().database.run_transaction(work)
    except BadPhoneError as bad:
        why = str(bad.problem).replace("_", " ")
        raise Problem(422, "phone", f"phone: {why}.") from None
    except NoSuchActorError:
        raise Problem(422, "actor", "actor: there is none with this external id.") from None
    except OthersNumberError:
        raise Problem(409, "number-of-another", "The number is another actor's.") from None


async def _open(
    session: AsyncSession, holder: KeyHolder, wanted: NewConversation, now: datetime
) -> Conversation:
    account_id, channel = holder.account_id, phone_channel()
    if wanted.actor is not None:
        return await open_conversation.for_actor(session, account_id, channel, wanted.actor, now)
    return await open_conversation.for_phone(session, account_id, channel, wanted.phone or "", now)
