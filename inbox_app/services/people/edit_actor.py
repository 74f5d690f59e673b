"""An actor as a person writes them anew; out of the lists, and back (A3, B13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import phone_channel
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, ActorPhone, AuditEntry
from inbox_app.services.conversations.open_conversation import usable_number
from inbox_app.services.people.actor_values import read_values
from inbox_app.services.people.link_actor import link_by_number
from inbox_app.services.people.write_terms import write_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenActor:
    """All that the form holds; it replaces what was. ``whatsapp`` is the one of ``numbers`` that
    messages go to, "" for none chosen."""

    kind: ActorKind
    name: str
    numbers: Sequence[str] = ()
    whatsapp: str = ""
    email: str = ""
    language: str = ""
    notes: str = ""


async def edit_actor(
    session: AsyncSession,
    *,
    account_id: int,
    actor_id: int,
    written: WrittenActor,
    user_id: int,
    now: datetime,
) -> None:
    """Replace what is on file; numbers that stay keep their rows, however odd they are, and
    conversations that waited for a new one are linked.

    Raises:
        NotFoundError: the account has no such actor.
        ActorRefusedError, BadPhoneError: what was written will not do.
    """
    actor = await locked_actor(session, account_id, actor_id)
    values = read_values(
        name=written.name, email=written.email, language=written.language, notes=written.notes
    )
    actor.kind, actor.name, actor.email = written.kind, values.name, values.email
    actor.language, actor.notes, actor.changed_at = values.language, values.notes, now
    session.add(actor)
    await _write_phones(session, actor, written)
    await write_terms(session, account_id, [actor_id])
    linked = await link_by_number(session, account_id, actor_id)
    _note(session, "actor.changed", actor, user_id, now, linked=linked)


async def archive_or_restore_actor(
    session: AsyncSession,
    *,
    account_id: int,
    actor_id: int,
    archived: bool,
    user_id: int,
    now: datetime,
) -> None:
    """Out of the lists, while history keeps the name; or back. Raises ``NotFoundError``."""
    actor = await locked_actor(session, account_id, actor_id)
    if (actor.archived_at is not None) is archived:
        return
    actor.archived_at = now if archived else None
    session.add(actor)
    await session.flush()
    if not archived:
        await link_by_number(session, account_id, actor_id)
    _note(session, "actor.archived" if archived else "actor.restored", actor, user_id, now)


async def locked_actor(session: AsyncSession, account_id: int, actor_id: int) -> Actor:
    """Ours alone until the commit; none that was merged into another. Raises ``NotFoundError``."""
    query = select(Actor).where(
        col(Actor.account_id) == account_id,
        col(Actor.id) == actor_id,
        col(Actor.merged_into).is_(None),
    )
    found = (await session.exec(query.with_for_update())).one_or_none()
    if found is None:
        raise NotFoundError
    return found


async def _write_phones(session: AsyncSession, actor: Actor, written: WrittenActor) -> None:
    query = select(ActorPhone).where(
        col(ActorPhone.account_id) == actor.account_id, col(ActorPhone.actor_id) == actor.id
    )
    on_file = {phone.raw: phone for phone in await session.exec(query)}
    kept: dict[str, ActorPhone] = {}
    for raw in (given.strip() for given in written.numbers):
        phone = on_file.get(raw) or await _phone(session, actor, raw)
        kept.setdefault(phone.match_key or phone.raw, phone)
    stay = {id(phone) for phone in kept.values()}
    for phone in on_file.values():
        if id(phone) not in stay:
            await session.delete(phone)
    for position, phone in enumerate(kept.values()):
        phone.position, phone.whatsapp = position, phone.raw == written.whatsapp.strip()
        session.add(phone)
    await session.flush()


async def _phone(session: AsyncSession, actor: Actor, raw: str) -> ActorPhone:
    e164 = await usable_number(session, actor.account_id, phone_channel(), raw)
    return ActorPhone(
        account_id=actor.account_id,
        actor_id=actor.id,
        raw=raw,
        e164=e164,
        match_key=phones.canonical(e164),
    )


def _note(
    session: AsyncSession, what: str, actor: Actor, user_id: int, now: datetime, **details: object
) -> None:
    session.add(
        AuditEntry(
            account_id=actor.account_id,
            at=now,
            user_id=user_id,
            what=what,
            details={"actor": actor.id} | details,
        )
    )
