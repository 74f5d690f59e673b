"""`/actors`: guests, owners and suppliers, by the property-management system's keys (A3)."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, Field

from inbox_app.api.v1 import by_key, paging
from inbox_app.api.v1.holder import Holder
from inbox_app.api.v1.paging import Cursor, Limit, Page
from inbox_app.api.v1.values import Country, ExternalId, Line, Name
from inbox_app.domain.locales import is_language
from inbox_app.domain.people.actors import ActorKind
from inbox_app.queries.api import actors
from inbox_app.queries.api.actors import ActorOut
from inbox_app.services.people import put_actor
from inbox_app.services.people.put_actor import GivenActor

router = APIRouter(prefix="/actors", tags=["actors"])


def _language(tag: str) -> str:
    if not is_language(tag):
        raise ValueError("is no BCP 47 language")
    return tag


class NewActor(BaseModel):
    """All that is known of somebody. Numbers may be anything: they are kept as they are given.

    Members that are not named here say nothing: systems send back what `GET` gave them.
    """

    kind: ActorKind
    name: Name
    phones: Annotated[list[Line], Field(max_length=20)] = []
    email: Line | None = None
    language: Annotated[str, AfterValidator(_language)] | None = None
    country: Country | None = None


@router.get("")
async def list_actors(holder: Holder, limit: Limit = 50, cursor: Cursor = None) -> Page[ActorOut]:
    """Those that are not archived."""
    return await paging.page_of(actors.actors, holder, limit, cursor)


@router.get("/{external_id}")
async def get_actor(holder: Holder, external_id: ExternalId) -> ActorOut:
    """One actor, archived or not."""
    return await by_key.shown(actors.actor, holder, external_id)


@router.put("/{external_id}", responses={201: {"model": ActorOut}})
async def put(holder: Holder, external_id: ExternalId, new: NewActor, answer: Response) -> ActorOut:
    """Create (201) or replace (200); conversations waiting for a number of theirs are linked."""
    given = GivenActor(**new.model_dump())
    await by_key.put(put_actor.put_actor, holder, external_id, given, answer)
    return await get_actor(holder, external_id)


@router.delete("/{external_id}", status_code=204)
async def archive(holder: Holder, external_id: ExternalId) -> None:
    """Archive: out of the lists, while history keeps the name."""
    await by_key.archive(put_actor.archive_actor, holder, external_id)
