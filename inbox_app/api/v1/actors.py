"""`/actors`: guests, owners and suppliers, by the property-management system's keys (A3)."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1 import paging
from inbox_app.api.v1.holder import Holder
from inbox_app.api.v1.paging import Cursor, Limit, Page
from inbox_app.api.v1.problems import not_found
from inbox_app.api.v1.values import ExternalId, Line, Name
from inbox_app.domain.locales import is_country, is_language
from inbox_app.domain.people.actors import ActorKind
from inbox_app.live import Change
from inbox_app.queries.api import actors
from inbox_app.queries.api.actors import ActorOut
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.people import put_actor
from inbox_app.services.people.put_actor import GivenActor

router = APIRouter(prefix="/actors", tags=["actors"])
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def _language(tag: str) -> str:
    if not is_language(tag):
        raise ValueError("is no BCP 47 language")
    return tag


def _country(code: str) -> str:
    if not is_country(code.upper()):
        raise ValueError("is no ISO 3166 country")
    return code.upper()


class NewActor(BaseModel):
    """All that is known of somebody. Numbers may be anything: they are kept as they are given.

    Members that are not named here say nothing: systems send back what `GET` gave them.
    """

    kind: ActorKind
    name: Name
    phones: Annotated[list[Line], Field(max_length=20)] = []
    email: Line | None = None
    language: Annotated[str, AfterValidator(_language)] | None = None
    country: Annotated[str, AfterValidator(_country)] | None = None


@router.get("")
async def list_actors(holder: Holder, limit: Limit = 50, cursor: Cursor = None) -> Page[ActorOut]:
    """Those that are not archived."""
    place = paging.decode(cursor)
    async with current_runtime().database.reading() as session:
        items, after = await actors.actors(
            session, holder.account_id, limit=limit, after=place and place[1]
        )
    return Page(items=items, next_cursor=paging.encode((_BEGINNING, after) if after else None))


@router.get("/{external_id}")
async def get_actor(holder: Holder, external_id: ExternalId) -> ActorOut:
    """One actor, archived or not."""
    async with current_runtime().database.reading() as session:
        found = await actors.actor(session, holder.account_id, external_id)
    if found is None:
        raise not_found()
    return found


@router.put("/{external_id}", responses={201: {"model": ActorOut}})
async def put(holder: Holder, external_id: ExternalId, new: NewActor, answer: Response) -> ActorOut:
    """Create (201) or replace (200); conversations waiting for a number of theirs are linked."""
    if await _put(holder, external_id, new):
        answer.status_code = 201
    current_runtime().live.publish(Change(holder.account_id))
    return await get_actor(holder, external_id)


@router.delete("/{external_id}", status_code=204)
async def archive(holder: Holder, external_id: ExternalId) -> None:
    """Archive: out of the lists, while history keeps the name."""
    async with current_runtime().database.transaction() as session:
        found = await put_actor.archive_actor(
            session, holder.account_id, external_id, clock.real_now()
        )
    if not found:
        raise not_found()
    current_runtime().live.publish(Change(holder.account_id))


async def _put(holder: KeyHolder, external_id: str, new: NewActor) -> bool:
    given = GivenActor(**new.model_dump())

    async def work(session: AsyncSession) -> bool:
        return await put_actor.put_actor(
            session, holder.account_id, external_id, given, clock.real_now()
        )

    return await current_runtime().database.run_transaction(work)
