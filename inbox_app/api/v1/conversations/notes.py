"""`/conversations/{id}/notes`: what colleagues are to know; never sent."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.conversations.messages import client_ref, shown
from inbox_app.api.v1.gate.holder import Holder, IdempotencyKey
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MAX_TEXT
from inbox_app.live import Change
from inbox_app.queries.api.message_out import MessageOut
from inbox_app.runtime import current_runtime
from inbox_app.services.notes.write_note import NoteRefusedError, write_note

router = APIRouter(prefix="/conversations/{id}/notes", tags=["messages"])


class NewNote(BaseModel):
    """`@` and the whole name of one of the company's people mentions them."""

    model_config = ConfigDict(extra="forbid")

    text: str


@router.post("", status_code=201)
async def write_internal_note(
    holder: Holder, key: IdempotencyKey, id: str, new: NewNote
) -> MessageOut:
    """Write an internal note: it stands among the messages, and is never sent."""
    conversation_id = read_id(id) or 0

    async def work(session: AsyncSession) -> MessageOut:
        note = await write_note(
            session,
            account_id=holder.account_id,
            conversation_id=conversation_id,
            text=new.text,
            author_id=None,
            client_ref=client_ref(holder, key),
            now=clock.now(),
        )
        return await shown(session, holder, note)

    try:
        written = await current_runtime().database.run_transaction(work)
    except NotFoundError:
        raise not_found() from None
    except NoteRefusedError:
        raise Problem(422, "text", f"text: has 1 to {MAX_TEXT} characters.") from None
    current_runtime().live.publish(Change(holder.account_id, conversation_id))
    return written
