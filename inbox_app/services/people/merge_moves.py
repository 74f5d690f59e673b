"""What hangs on an actor goes over to another, and back: each step answers what it did, in ids, and
its counterpart takes that back (A3)."""

from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Actor, ActorAccommodation, ActorPhone, ReservationGuest

Ids = dict[str, list[int]]
Taken = dict[str, Any]
_OWN_WAY = {
    *("actor_phone", "reservation_guest", "actor_accommodation", "actor_label"),
    *("actor_term", "actor_merge"),
}
"""Tables that are not simply handed over."""


async def hand_over(session: AsyncSession, account_id: int, gone_id: int, kept_id: int) -> Ids:
    """Whatever else names an actor, whichever table it is: conversations with their messages,
    links, and those merged before. The ids, by column."""
    moved: Ids = {}
    for name, column in _columns():
        changed = await session.exec(
            update(column.table)
            .where(column.table.c.account_id == account_id, column == gone_id)
            .values({column.name: kept_id})
            .returning(column.table.c.id)
        )
        if ids := sorted(changed.scalars()):
            moved[name] = ids
    return moved


async def hand_back(
    session: AsyncSession, account_id: int, moved: Ids, kept_id: int, gone_id: int
) -> None:
    """Those that are the kept one's still."""
    for name, column in _columns():
        ids = moved.get(name, [])
        await session.exec(
            update(column.table)
            .where(
                column.table.c.account_id == account_id,
                column == kept_id,
                column.table.c.id.in_(ids),
            )
            .values({column.name: gone_id})
        )


def _columns() -> list[tuple[str, Any]]:
    """All that name an actor and stand in no table with a way of its own."""
    naming = [
        (f"{table.name}.{key.parent.name}", key.parent)
        for table in SQLModel.metadata.sorted_tables
        if table.name not in _OWN_WAY and {"id", "account_id"} <= set(table.c.keys())
        for key in table.foreign_keys
        if key.target_fullname == "actor.id"
    ]
    return [*naming, ("actor.merged_into", SQLModel.metadata.tables["actor"].c.merged_into)]


async def move_phones(session: AsyncSession, gone: Actor, kept: Actor) -> Taken:
    """Behind the kept one's; what both have stays where it is. Messages go on going to the kept
    one's number, chosen or the only one."""
    theirs, ours = await _phones(session, gone), await _phones(session, kept)
    had = {_key(phone): phone for phone in ours}
    chose = _choose_only(ours)
    is_chosen = any(phone.whatsapp for phone in ours)
    last = max((phone.position for phone in ours), default=-1)
    moved: list[tuple[int, int, bool]] = []
    for phone in theirs:
        twin = had.get(_key(phone))
        if twin is None:
            moved.append((phone.id, phone.position, phone.whatsapp))
            last += 1
            phone.actor_id, phone.position = kept.id, last
            phone.whatsapp = phone.whatsapp and not is_chosen
        elif phone.whatsapp and not is_chosen:
            twin.whatsapp, chose = True, twin.id
    session.add_all([*theirs, *ours])
    await session.flush()
    return {"moved": moved, "chose": chose}


async def return_phones(session: AsyncSession, gone: Actor, kept: Actor, taken: Taken) -> None:
    """Those that the kept one has still, as they were."""
    before = {id_: (position, whatsapp) for id_, position, whatsapp in taken["moved"]}
    for phone in await _phones(session, kept):
        if phone.id in before:
            phone.actor_id = gone.id
            phone.position, phone.whatsapp = before[phone.id]
        elif phone.id == taken["chose"]:
            phone.whatsapp = False
        session.add(phone)
    await session.flush()


async def _phones(session: AsyncSession, actor: Actor) -> list[ActorPhone]:
    query = select(ActorPhone).where(
        col(ActorPhone.account_id) == actor.account_id, col(ActorPhone.actor_id) == actor.id
    )
    return list(await session.exec(query.order_by(col(ActorPhone.position)).with_for_update()))


def _choose_only(phones: list[ActorPhone]) -> int | None:
    """The id of the only usable one, where none was chosen."""
    usable = [phone for phone in phones if phone.e164]
    if len(usable) != 1 or any(phone.whatsapp for phone in phones):
        return None
    usable[0].whatsapp = True
    return usable[0].id


def _key(phone: ActorPhone) -> str:
    return phone.match_key or phone.raw


async def move_stays(session: AsyncSession, gone: Actor, kept: Actor) -> Taken:
    """Of a stay of both, the kept one's place is the better of the two."""
    ours = {guest.reservation_id: guest for guest in await _guests(session, kept)}
    moved: list[int] = []
    dropped: list[dict[str, int]] = []
    for guest in await _guests(session, gone):
        twin = ours.get(guest.reservation_id)
        if twin is None:
            moved.append(guest.id)
            guest.actor_id = kept.id
            session.add(guest)
            continue
        dropped.append(
            {"id": guest.id, "reservation": guest.reservation_id, "position": guest.position}
            | {"twin": twin.id, "twin_position": twin.position}
        )
        twin.position = min(twin.position, guest.position)
        session.add(twin)
        await session.delete(guest)
    await session.flush()
    return {"moved": moved, "dropped": dropped}


async def return_stays(session: AsyncSession, gone: Actor, kept: Actor, taken: Taken) -> None:
    """Into those reservations that the kept one is in still."""
    ours = {guest.id: guest for guest in await _guests(session, kept)}
    for id_ in taken["moved"]:
        if id_ in ours:
            ours[id_].actor_id = gone.id
    for was in taken["dropped"]:
        if was["twin"] not in ours:
            continue
        ours[was["twin"]].position = was["twin_position"]
        again = ReservationGuest(
            id=was["id"],
            account_id=gone.account_id,
            reservation_id=was["reservation"],
            actor_id=gone.id,
            position=was["position"],
        )
        session.add(again)
    session.add_all(ours.values())
    await session.flush()


async def _guests(session: AsyncSession, actor: Actor) -> list[ReservationGuest]:
    query = select(ReservationGuest).where(
        col(ReservationGuest.account_id) == actor.account_id,
        col(ReservationGuest.actor_id) == actor.id,
    )
    return list(await session.exec(query.with_for_update()))


async def move_homes(session: AsyncSession, gone: Actor, kept: Actor) -> Taken:
    """What both have stays where it is."""
    ours = {home.accommodation_id for home in await _homes(session, kept)}
    moved = [home for home in await _homes(session, gone) if home.accommodation_id not in ours]
    for home in moved:
        home.actor_id = kept.id
        session.add(home)
    await session.flush()
    return {"moved": [home.id for home in moved]}


async def return_homes(session: AsyncSession, gone: Actor, kept: Actor, taken: Taken) -> None:
    """Those that the kept one has still."""
    for home in await _homes(session, kept):
        if home.id in taken["moved"]:
            home.actor_id = gone.id
            session.add(home)
    await session.flush()


async def _homes(session: AsyncSession, actor: Actor) -> list[ActorAccommodation]:
    of: tuple[ColumnElement[bool], ...] = (
        col(ActorAccommodation.account_id) == actor.account_id,
        col(ActorAccommodation.actor_id) == actor.id,
    )
    return list(await session.exec(select(ActorAccommodation).where(*of).with_for_update()))
