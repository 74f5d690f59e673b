"""`/actors`: guests, owners and suppliers, by the property-management system's keys (A3)."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.api.v1.gate import by_key, paging
from inbox_app.api.v1.gate.holder import Holder
from inbox_app.api.v1.gate.paging import Cursor, Limit, Page
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.api.v1.gate.values import Country, ExternalId, Key, Line, Name
from inbox_app.domain.locales import is_language
from inbox_app.domain.people.actors import ActorKind, MergeRefusedError
from inbox_app.live import Change
from inbox_app.queries.api import actors
from inbox_app.queries.api.actors import ActorOut
from inbox_app.runtime import current_runtime
from inbox_app.services.people import put_actor
from inbox_app.services.people.merge_actors import merge_actors
from inbox_app.services.people.put_actor import GivenActor

router = APIRouter(prefix="/actors", tags=["actors"])


def _language(tag: str) -> str:
    if not is_language(tag):
        raise ValueError("is no BCP 47 language")
    return tag


class GivenPhone(BaseModel):
    """A number as `GET` shows it; what it gives is worked out anew."""

    raw: Line
    whatsapp: StrictBool = False


class NewActor(BaseModel):
    """All that is known of somebody. Numbers may be anything: they are kept as they are given.

    Members that are not named here say nothing: systems send back what `GET` gave them.
    """

    kind: ActorKind
    name: Name
    phones: Annotated[list[Line | GivenPhone], Field(max_length=20)] = []
    """Where all are plain texts, the one chosen for WhatsApp stays chosen."""
    email: Line | None = None
    language: Annotated[str, AfterValidator(_language)] | None = None
    country: Country | None = None

    def given(self) -> GivenActor:
        """As it is put."""
        shown = [each for each in self.phones if isinstance(each, GivenPhone)]
        return GivenActor(
            phones=[each if isinstance(each, str) else each.raw for each in self.phones],
            chosen_phones={each.raw for each in shown if each.whatsapp} if shown else None,
            **self.model_dump(exclude={"phones"}),
        )


class MergedActor(BaseModel):
    """The external id of the one that stays."""

    model_config = ConfigDict(extra="forbid")

    into: Key


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
    await by_key.put(put_actor.put_actor, holder, external_id, new.given(), answer)
    return await get_actor(holder, external_id)


@router.delete("/{external_id}", status_code=204)
async def archive(holder: Holder, external_id: ExternalId) -> None:
    """Archive: out of the lists, while history keeps the name."""
    await by_key.archive(put_actor.archive_actor, holder, external_id)


@router.post("/{external_id}/merge")
async def merge(holder: Holder, external_id: ExternalId, wanted: MergedActor) -> ActorOut:
    """All that hangs on this one is the other's from now on, and this is archived."""

    async def work(session: AsyncSession) -> None:
        await _merge(session, holder.account_id, external_id, wanted.into)

    try:
        await current_runtime().database.run_transaction(work)
    except MergeRefusedError:
        raise Problem(409, "merge", "One of them is archived.") from None
    current_runtime().live.publish(Change(holder.account_id))
    return await get_actor(holder, wanted.into)


async def _merge(session: AsyncSession, account_id: int, gone: str, kept: str) -> None:
    """Nothing happens where the one was merged into the other before."""
    gone_id = await actors.known_id(session, account_id, gone)
    kept_id = await actors.known_id(session, account_id, kept)
    if gone_id is None:
        raise not_found()
    if kept_id is None or gone == kept:
        raise Problem(422, "actor", "into: there is no other actor with this external id.")
    if gone_id != kept_id:
        await merge_actors(
            session,
            account_id=account_id,
            kept_id=kept_id,
            gone_id=gone_id,
            user_id=None,
            now=clock.now(),
        )
