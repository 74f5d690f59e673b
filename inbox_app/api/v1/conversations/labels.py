"""`/labels`: what the account calls its conversations by (P9)."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from inbox_app import clock
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain.conversations.labels import LabelColour, NameProblem, NameRefusedError
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.ids import read_id
from inbox_app.live import Change
from inbox_app.queries.api import labels as reading
from inbox_app.queries.api.labels import LabelOut, label_out
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.labels import write_label

router = APIRouter(prefix="/labels", tags=["labels"])
Name = Annotated[str, Field(max_length=200, description="At most 40 characters.")]


class NewLabel(BaseModel):
    """A name that no other label has."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    colour: LabelColour = LabelColour.GREY


class ChangedLabel(BaseModel):
    """What is given is changed."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    colour: LabelColour | None = None


class MergedLabel(BaseModel):
    """The id of the label that stays."""

    model_config = ConfigDict(extra="forbid")

    into: Annotated[str, Field(max_length=50)]


@router.get("")
async def list_labels(holder: Holder) -> Page[LabelOut]:
    """All of them, by name."""
    async with current_runtime().database.reading() as session:
        return Page(items=await reading.labels(session, holder.account_id), next_cursor=None)


@router.post("", status_code=201)
async def make_label(holder: Holder, new: NewLabel) -> LabelOut:
    """A new one; 422 says what stands against its name."""
    try:
        async with current_runtime().database.transaction() as session:
            label = await write_label.make_label(
                session, holder.account_id, new.name, new.colour, clock.real_now()
            )
            row = label_out(label)
    except NameRefusedError as refused:
        raise name_refused(refused.problem) from None
    return _told(holder, row)


@router.patch("/{id}")
async def change_label(holder: Holder, id: str, wanted: ChangedLabel) -> LabelOut:
    """Rename it, or give it another colour."""
    try:
        async with current_runtime().database.transaction() as session:
            label = await write_label.change_label(
                session,
                holder.account_id,
                read_id(id) or 0,
                name=wanted.name,
                colour=wanted.colour,
            )
            row = label_out(label)
    except NotFoundError:
        raise not_found() from None
    except NameRefusedError as refused:
        raise name_refused(refused.problem) from None
    return _told(holder, row)


@router.post("/{id}/merge")
async def merge_label(holder: Holder, id: str, wanted: MergedLabel) -> LabelOut:
    """Conversations with this label have the other from now on, and this is gone."""
    ids = read_id(id) or 0, read_id(wanted.into) or 0
    try:
        async with current_runtime().database.transaction() as session:
            row = label_out(await write_label.merge_label(session, holder.account_id, *ids))
    except NotFoundError:
        raise not_found() from None
    return _told(holder, row)


@router.delete("/{id}", status_code=204)
async def delete_label(holder: Holder, id: str) -> None:
    """It is gone from all conversations too."""
    try:
        async with current_runtime().database.transaction() as session:
            await write_label.delete_label(session, holder.account_id, read_id(id) or 0)
    except NotFoundError:
        raise not_found() from None
    current_runtime().live.publish(Change(holder.account_id))


def name_refused(problem: NameProblem, where: str = "body.name") -> Problem:
    """What stands against a label's name."""
    errors = [{"where": where, "why": _WHY[problem]}]
    return Problem(422, "invalid", f"{_WHY[problem]}.", errors=errors)


def _told(holder: KeyHolder, row: LabelOut) -> LabelOut:
    current_runtime().live.publish(Change(holder.account_id))
    return row


_WHY = {
    NameProblem.NO_NAME: "It has no name",
    NameProblem.TOO_LONG: "A name takes 40 characters",
    NameProblem.TAKEN: "Another label has this name",
    NameProblem.TOO_MANY: "There are a hundred labels already",
}
