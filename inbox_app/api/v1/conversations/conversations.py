"""`/conversations`: listed, shown, begun."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, NamedTuple

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.conversations.labels import name_refused
from inbox_app.api.v1.gate import paging
from inbox_app.api.v1.gate.description import one_of
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.api.v1.gate.values import Moment, NameSought
from inbox_app.channels.registry import phone_channel
from inbox_app.domain.accounts.accounts import clean_email
from inbox_app.domain.conversations.labels import NameRefusedError
from inbox_app.domain.conversations.triage import Snooze, SnoozeRefusedError
from inbox_app.domain.errors import BadPhoneError, NotFoundError, OthersNumberError
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import clean_line
from inbox_app.live import Change
from inbox_app.models import Conversation
from inbox_app.queries.accounts.colleagues import colleague_by_email
from inbox_app.queries.api import actors, conversations, reservations
from inbox_app.queries.api.conversations import ConversationOut
from inbox_app.queries.inbox.list.list_order import Cursor as Place
from inbox_app.queries.inbox.list.view import Filter, View
from inbox_app.queries.labels.labels import label_named
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.conversations import open_conversation, triage
from inbox_app.services.conversations.assign import set_assigned
from inbox_app.services.conversations.open_conversation import NoSuchActorError
from inbox_app.services.conversations.read_conversation import mark_unread
from inbox_app.services.conversations.triage import Before
from inbox_app.services.labels.label_conversations import set_labels

router = APIRouter(prefix="/conversations", tags=["conversations"])
_TEXT = {"type": "string"}
_A_KEY = "The external id of one."
_WITHOUT = "Without one, archived conversations are listed too."
ListFilter = Literal[
    Filter.TO_ANSWER,
    Filter.ALL,
    Filter.UNREAD,
    Filter.UNASSIGNED,
    Filter.GUESTS,
    Filter.OWNERS,
    Filter.SUPPLIERS,
    Filter.UNKNOWN,
    Filter.EXPIRING,
    Filter.SNOOZED,
    Filter.DONE,
    Filter.STARRED,
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
    label: Annotated[NameSought, Query(description="The name of one.")] = "",
    channel: Annotated[NameSought, Query(description="Its key: `whatsapp`.")] = "",
    actor: Annotated[NameSought, Query(description=_A_KEY)] = "",
    reservation: Annotated[NameSought, Query(description=_A_KEY)] = "",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[ConversationOut]:
    """Conversations, the newest by arrival first; `expiring` ones by what closes first, those
    `to_answer` by what presses most: waited long, and little window left."""
    place = paging.decode(cursor)
    wanted = _Wanted(label, actor, reservation)
    async with current_runtime().database.reading() as session:
        view = await _known(session, holder.account_id, wanted)
        if view is None:
            return Page(items=[], next_cursor=None)
        view = replace(view, filter=filter, search=clean_line(q), channel=channel)
        items, after = await conversations.conversations(
            session, view, clock.now(), limit=limit, after=place and Place(*place)
        )
    return Page(items=items, next_cursor=paging.encode(after and (after.at, after.id)))


class _Wanted(NamedTuple):
    """By what names the list is narrowed; empty for not at all."""

    label: str
    actor: str
    reservation: str


async def _known(session: AsyncSession, account_id: int, wanted: _Wanted) -> View | None:
    """All that they have to do with; None where the account has nothing of such a name."""
    view = View(account_id)
    for name, field, find in (
        (wanted.label, "label_id", label_named),
        (wanted.actor, "actor_id", actors.known_id),
        (wanted.reservation, "reservation_id", reservations.known_id),
    ):
        found = await find(session, account_id, name) if name else 0
        if found is None:
            return None
        view = replace(view, **{field: found})
    return view


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

    archived: StrictBool | None = None
    done: StrictBool | None = None
    """True: nothing is owed; false: it is to do again."""
    snoozed_until: Moment | None = None
    """To do again at this time, or as soon as somebody writes; null: now."""
    starred: StrictBool | None = None
    labels: Annotated[list[Annotated[str, Field(max_length=200)]] | None, Field(max_length=20)] = (
        None
    )
    """The names of all it has from now on; a label of a new name is made."""
    unread: Literal[True] | None = None
    """For everybody of the company."""
    assigned_to: Annotated[str | None, Field(max_length=254, pattern=r"^[^\x00-\x1f\x7f]+$")] = None
    """The e-mail of one of the company's people; null: nobody's, which is everybody's."""

    @model_validator(mode="after")
    def _one_standing(self) -> "ChangedConversation":
        if self.done is not None and "snoozed_until" in self.model_fields_set:
            raise ValueError("give either done or snoozed_until")
        return self


@router.patch("/{id}")
async def change_conversation(
    holder: Holder, id: str, wanted: ChangedConversation
) -> ConversationOut:
    """Archive it or take it back, settle it, snooze it, assign it, give it a star, mark its last
    message as unread."""
    of = {"account_id": holder.account_id, "conversation_id": read_id(id) or 0}
    async with current_runtime().database.transaction() as session:
        try:
            changed = await _change(session, wanted, **of, now=clock.now())
        except SnoozeRefusedError as refused:
            why = str(refused.problem).replace("_", " ")
            raise Problem(422, "snooze", f"snoozed_until: {why}.") from None
        except NotFoundError:
            why = "nobody comes in with this e-mail."
            raise Problem(422, "assigned-to", f"assigned_to: {why}") from None
        except NameRefusedError as refused:
            raise name_refused(refused.problem, "body.labels") from None
    if changed:
        current_runtime().live.publish(Change(**of))
    return await get_conversation(holder, id)


async def _change(
    session: AsyncSession,
    wanted: ChangedConversation,
    account_id: int,
    conversation_id: int,
    now: datetime,
) -> bool:
    """Whether anything is different now."""
    of = session, account_id, [conversation_id]
    changes: list[Before] = []
    if wanted.archived is not None:
        changes += await triage.set_put_away(*of, now, archived=wanted.archived)
    if wanted.done is not None:
        changes += await (triage.set_done if wanted.done else triage.set_to_do)(*of, now)
    if wanted.snoozed_until is not None:
        changes += await triage.set_snoozed(*of, Snooze.TIME, now, wanted.snoozed_until)
    elif "snoozed_until" in wanted.model_fields_set:
        changes += await triage.set_to_do(*of, now)
    if wanted.starred is not None:
        changes += await triage.set_starred(*of, now, starred=wanted.starred)
    if "assigned_to" in wanted.model_fields_set:
        changes += await _assign(*of, wanted.assigned_to)
    unread = wanted.unread and await mark_unread(
        session, account_id=account_id, conversation_id=conversation_id
    )
    labelled = wanted.labels is not None and await set_labels(
        session, account_id, conversation_id, wanted.labels, now
    )
    return bool(changes) or bool(unread) or labelled


async def _assign(
    session: AsyncSession, account_id: int, ids: list[int], email: str | None
) -> list[Before]:
    """Raises ``NotFoundError``."""
    if email is None:
        return await set_assigned(session, account_id, ids, None)
    person = await colleague_by_email(session, account_id, clean_email(email))
    return await set_assigned(session, account_id, ids, person or 0)


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
