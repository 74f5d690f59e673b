"""Whose stays they are, exactly: read, and written."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import col

from inbox_app.models import ReservationGuest
from inbox_app.services.bulk import upsert
from inbox_app.services.imports import records
from inbox_app.services.imports.kind import Setting


async def guests_of(setting: Setting, stay_ids: Collection[int]) -> defaultdict[int, list[int]]:
    """The actors of each stay, the first who booked."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    if stay_ids:
        of = col(ReservationGuest.reservation_id).in_(stay_ids)
        rows = await records.load(setting, ReservationGuest, of)
        for guest in sorted(rows, key=lambda row: (row.position, row.id)):
            found[guest.reservation_id].append(guest.actor_id)
    return found


async def set_guests(
    setting: Setting, guests: Mapping[int, Sequence[int]], *, new: Collection[int] = ()
) -> None:
    """By stay, the actors that it has from now on, in this order; `new` stays have none yet."""
    before = {id_: actors for id_, actors in guests.items() if id_ not in new}
    of = col(ReservationGuest.reservation_id).in_(before)
    rows = await records.load(setting, ReservationGuest, of) if before else list[Any]()
    there = {(row.reservation_id, row.actor_id): row for row in rows}
    wanted = {
        (stay_id, actor_id): position
        for stay_id, actor_ids in guests.items()
        for position, actor_id in enumerate(actor_ids)
    }
    gone = [row.id for key, row in there.items() if key not in wanted]
    await records.remove(setting, ReservationGuest, gone)
    moved = {
        there[key].id: {"position": position}
        for key, position in wanted.items()
        if key in there and there[key].position != position
    }
    await records.write(setting, ReservationGuest, moved)
    added = [
        {
            "account_id": setting.account_id,
            "reservation_id": stay_id,
            "actor_id": actor_id,
            "position": position,
        }
        for (stay_id, actor_id), position in wanted.items()
        if (stay_id, actor_id) not in there
    ]
    if added:
        connection = await setting.session.connection()
        await connection.execute(upsert(connection, ReservationGuest), added)
