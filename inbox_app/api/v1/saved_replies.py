"""`/saved_replies`: the account's own texts, with fields that a conversation fills in (M8)."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from inbox_app import clock
from inbox_app.api.v1.gate import paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.ids import read_id
from inbox_app.domain.saved_replies import ReplyField, ReplyProblem
from inbox_app.queries.api import saved_replies
from inbox_app.queries.api.saved_replies import SavedReplyOut
from inbox_app.runtime import current_runtime
from inbox_app.services.saved_replies.write_reply import (
    ReplyRefusedError,
    create_reply,
    delete_reply,
    replace_reply,
)

router = APIRouter(prefix="/saved_replies", tags=["saved replies"])
_LONGEST = 20_000
_FIELDS = ", ".join(f"{{{field.value}}}" for field in ReplyField)


class NewSavedReply(BaseModel):
    """A name, and the text in each language."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=_LONGEST, description="At most 80 characters.")]
    texts: Annotated[
        dict[
            Annotated[str, Field(max_length=50)],
            Annotated[str, Field(max_length=_LONGEST)],
        ],
        Field(max_length=50, description=f"By language (BCP 47). Fields: {_FIELDS}."),
    ]


@router.get("")
async def list_saved_replies(
    holder: Holder, limit: Limit = 50, cursor: Cursor = None
) -> Page[SavedReplyOut]:
    """In the order in which they were made."""
    return await paging.page_of(saved_replies.saved_replies, holder, limit, cursor)


@router.get("/{id}")
async def get_saved_reply(holder: Holder, id: str) -> SavedReplyOut:
    """One saved reply."""
    async with current_runtime().database.reading() as session:
        found = await saved_replies.saved_reply(session, holder.account_id, read_id(id) or 0)
    if found is None:
        raise not_found()
    return found


@router.post("", status_code=201)
async def make_saved_reply(holder: Holder, new: NewSavedReply) -> SavedReplyOut:
    """Keep a new one; 422 says what stands against it."""
    try:
        async with current_runtime().database.transaction() as session:
            reply = await create_reply(
                session,
                holder.account_id,
                new.name,
                new.texts,
                author_id=None,
                now=clock.real_now(),
            )
    except ReplyRefusedError as refused:
        raise _refused(refused.problem) from None
    return await get_saved_reply(holder, str(reply.id))


@router.put("/{id}")
async def put_saved_reply(holder: Holder, id: str, new: NewSavedReply) -> SavedReplyOut:
    """Replace its name and all its texts."""
    try:
        async with current_runtime().database.transaction() as session:
            await replace_reply(
                session,
                holder.account_id,
                read_id(id) or 0,
                new.name,
                new.texts,
                clock.real_now(),
            )
    except NotFoundError:
        raise not_found() from None
    except ReplyRefusedError as refused:
        raise _refused(refused.problem) from None
    return await get_saved_reply(holder, id)


@router.delete("/{id}", status_code=204)
async def delete_saved_reply(holder: Holder, id: str) -> None:
    """It is gone; what was sent with it stays."""
    try:
        async with current_runtime().database.transaction() as session:
            await delete_reply(session, holder.account_id, read_id(id) or 0)
    except NotFoundError:
        raise not_found() from None


def _refused(problem: ReplyProblem) -> Problem:
    where = "body.name" if problem in _OF_THE_NAME else "body.texts"
    errors = [{"where": where, "why": _WHY[problem]}]
    return Problem(422, "invalid", f"{_WHY[problem]}.", errors=errors)


_OF_THE_NAME = {ReplyProblem.NO_NAME, ReplyProblem.NAME_TAKEN}
_WHY = {
    ReplyProblem.NO_NAME: "It has no name",
    ReplyProblem.NAME_TAKEN: "Another saved reply has this name",
    ReplyProblem.NO_TEXT: "It has no text in any language",
    ReplyProblem.TOO_LONG: "A name takes 80 characters, a text 4,000",
    ReplyProblem.UNKNOWN_FIELD: f"There is no such field; these can be filled in: {_FIELDS}",
    ReplyProblem.BAD_LANGUAGE: "A text's key is no BCP 47 language",
}
