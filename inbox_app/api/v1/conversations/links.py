"""`/conversations/{id}/link`: who an unknown sender is, and that it was a mistake (A1, A2)."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.conversations.conversations import get_conversation
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.errors import AlreadyLinkedError, NotFoundError
from inbox_app.domain.ids import read_id
from inbox_app.live import Change
from inbox_app.queries.api import actors
from inbox_app.queries.api.conversations import ConversationOut
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.people.link_sender import link_sender
from inbox_app.services.people.unlink_sender import unlink_sender

router = APIRouter(prefix="/conversations/{id}/link", tags=["conversations"])


class NewLink(BaseModel):
    """The external id of an actor who is not archived."""

    model_config = ConfigDict(extra="forbid")

    actor: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]


@router.post("")
async def link(holder: Holder, id: str, wanted: NewLink) -> ConversationOut:
    """The conversation is with this actor, and its number is on file of them from now on.

    409 with `actor` when it is linked to another: their external id, or null.
    """
    try:
        await _linked(holder, read_id(id) or 0, wanted.actor)
    except NotFoundError:
        raise not_found() from None
    except AlreadyLinkedError as linked:
        raise await _already(holder, linked.actor_id) from None
    current_runtime().live.publish(Change(holder.account_id))
    return await get_conversation(holder, id)


@router.delete("", status_code=204)
async def unlink(holder: Holder, id: str) -> None:
    """Undo: what the link put on file goes too. It is not made by itself again. 404 when there is
    nothing to undo."""
    try:
        await _unlinked(holder, read_id(id) or 0)
    except NotFoundError:
        raise not_found() from None
    current_runtime().live.publish(Change(holder.account_id))


async def _linked(holder: KeyHolder, conversation_id: int, external_id: str) -> None:
    async def work(session: AsyncSession) -> None:
        actor_id = await actors.listed_id(session, holder.account_id, external_id)
        if actor_id is None:
            raise Problem(422, "actor", "actor: there is none with this external id.")
        await link_sender(
            session,
            account_id=holder.account_id,
            conversation_id=conversation_id,
            actor_id=actor_id,
            user_id=None,
            now=clock.now(),
        )

    await current_runtime().database.run_transaction(work)


async def _unlinked(holder: KeyHolder, conversation_id: int) -> None:
    async def work(session: AsyncSession) -> None:
        await unlink_sender(
            session,
            account_id=holder.account_id,
            conversation_id=conversation_id,
            user_id=None,
            now=clock.now(),
        )

    await current_runtime().database.run_transaction(work)


async def _already(holder: KeyHolder, actor_id: int) -> Problem:
    async with current_runtime().database.reading() as session:
        to = await actors.external_id_of(session, holder.account_id, actor_id)
    detail = "The conversation is linked to another actor."
    return Problem(409, "already-linked", detail, actor=to)
