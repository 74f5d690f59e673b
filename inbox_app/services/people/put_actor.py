"""Actors as the property-management system tells of them: created, replaced, archived (A3);
their phones as they were given, beside the number each gives (B13)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorPhone
from inbox_app.services import by_key
from inbox_app.services.people.link_actor import link_by_number
from inbox_app.services.people.write_terms import write_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenActor:
    """All that is known of somebody; it replaces what was. Numbers are kept as they were given."""

    kind: ActorKind
    name: str
    phones: Sequence[str] = ()
    chosen_phones: Collection[str] | None = None
    """Those of ``phones`` that are for WhatsApp; None: the choice that was made stands."""
    email: str | None = None
    language: str | None = None
    country: str | None = None


async def put_actor(
    session: AsyncSession, account_id: int, external_id: str, given: GivenActor, now: datetime
) -> bool:
    """Create or replace, and link conversations that waited for the numbers; True when created.

    Who was merged into another stays so: what is told of them waits for an undo.
    """
    actor = await by_key.find(session, Actor, account_id, external_id)
    created = actor is None
    if actor is None:
        actor = Actor(
            account_id=account_id,
            external_id=external_id,
            kind=given.kind,
            name=given.name,
            created_at=now,
        )
    actor.kind, actor.name, actor.email = given.kind, given.name, given.email
    actor.language, actor.country = given.language, given.country
    actor.changed_at = now
    if actor.merged_into is None:
        actor.archived_at = None
    session.add(actor)
    await session.flush()
    await _put_phones(session, actor, given)
    await write_terms(session, account_id, [actor.id])
    await link_by_number(session, account_id, actor.id)
    return created


async def archive_actor(
    session: AsyncSession, account_id: int, external_id: str, now: datetime
) -> bool:
    """Out of the lists; history keeps the name. False when there is no such actor."""
    return await by_key.archive(session, Actor, account_id, external_id, now)


async def _put_phones(session: AsyncSession, actor: Actor, given: GivenActor) -> None:
    """In the order given, each once; the choice of one for WhatsApp outlives the replacement."""
    ours = col(ActorPhone.account_id) == actor.account_id
    theirs = ours & (col(ActorPhone.actor_id) == actor.id)
    before = (await session.exec(select(ActorPhone).where(theirs))).all()
    chosen = {_same(phone.raw, phone.e164) for phone in before if phone.whatsapp}
    if given.chosen_phones is not None:
        chosen = {_same(raw, phones.e164_or_none(raw)) for raw in given.chosen_phones}
    await session.exec(delete(ActorPhone).where(theirs))
    for position, raw in enumerate(dict.fromkeys(given.phones)):
        e164 = phones.e164_or_none(raw)
        session.add(
            ActorPhone(
                account_id=actor.account_id,
                actor_id=actor.id,
                position=position,
                raw=raw,
                e164=e164,
                match_key=phones.canonical(e164) if e164 else None,
                whatsapp=_same(raw, e164) in chosen,
            )
        )
    await session.flush()


def _same(raw: str, e164: str | None) -> str:
    return e164 or raw
