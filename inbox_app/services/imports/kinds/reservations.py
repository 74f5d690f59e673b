"""Stays from a table (A3). Without a key, a stay is known by its code; the home by its key or its
name, the guest by key, number or address, and put on file when nobody has these."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col

from inbox_app.domain.imports.fields import Field, Holds
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.search_terms import squeezed
from inbox_app.models import Reservation
from inbox_app.services.imports import people, records
from inbox_app.services.imports.guests import guests_of, set_guests
from inbox_app.services.imports.kind import Kind, Plan, Planned, Said, Setting, TakenBack
from inbox_app.services.imports.known_people import Person
from inbox_app.services.imports.known_stays import KnownStays, with_keys

_FIELDS = {"accommodation_id": "accommodation"}


class Reservations(Kind):
    name = "reservations"
    fields = (
        Field("external_id", Holds.KEY),
        Field("code"),
        Field("accommodation"),
        Field("guest_name", words=("guest_name", "name")),
        Field("guest_first_name", words=("first_name",)),
        Field("guest_last_name", words=("last_name",)),
        Field("guest_key", Holds.KEY),
        Field("guest_phones", Holds.PHONES, ("phones",), many=True),
        Field("guest_email", Holds.EMAIL, ("email",)),
        Field("guest_language", Holds.LANGUAGE, ("language",)),
        Field("guest_country", Holds.COUNTRY, ("country",)),
        Field("check_in", Holds.DATE),
        Field("check_out", Holds.DATE),
        Field("arrival_time", Holds.TIME),
        Field("departure_time", Holds.TIME),
        Field("status", Holds.STATUS),
        Field("adults", Holds.COUNT),
        Field("children", Holds.COUNT),
        Field("infants", Holds.COUNT),
        Field("pets", Holds.COUNT),
        Field("portal"),
        Field("portal_code"),
        Field("url", Holds.WEB_ADDRESS),
        Field("total", Holds.MONEY),
        Field("balance", Holds.MONEY),
        Field("currency", Holds.CURRENCY),
        Field("notes", Holds.TEXT),
    )
    keys = ("external_id", "code")
    needed = ("accommodation", "check_in", "check_out")
    constants = ("currency",)

    def identity(self, said: Said) -> str:
        if "external_id" in said:
            return f"external_id {said['external_id']}"
        return f"code {squeezed(said['code'])}" if "code" in said else ""

    async def plan(self, setting: Setting, lines: Sequence[Said]) -> list[Planned]:
        """What each line would do."""
        known = await KnownStays.of(setting, lines)
        return [known.planned(said) for said in lines]

    async def write(self, setting: Setting, plans: Sequence[Plan]) -> list[dict[str, Any]]:
        """Put new guests on file, then write the stays and whose they are."""
        newcomers = dict.fromkeys(each for plan in plans for each in plan.extra.newcomers)
        linked = await people.put_on_file(setting, [*newcomers])
        new = [plan for plan in plans if plan.outcome is Outcome.NEW]
        rows = [plan.columns for plan in new]
        ids = await records.insert(setting, Reservation, rows, "external_id", "code")
        made = {id(plan): id_ for plan, id_ in zip(new, ids, strict=True)}
        changes = {
            plan.record.id: with_keys(plan.columns)
            for plan in plans
            if plan.outcome is Outcome.CHANGED
        }
        await records.write(setting, Reservation, changes)
        had = await guests_of(setting, changes.keys())
        have = {
            made.get(id(plan)) or plan.record.id: [person.id for person in plan.extra.guests]
            for plan in plans
            if plan.extra.guests is not None
        }
        await set_guests(setting, have, new=set(ids))
        done: list[dict[str, Any]] = []
        for plan in plans:
            stay_id = made.get(id(plan)) or plan.record.id
            told = {"id": stay_id} | _people_made(plan, newcomers, linked)
            if plan.outcome is Outcome.NEW:
                guests = have.get(stay_id, [])
                done.append(told | {"made": records.digest(Reservation, plan.columns, guests)})
                continue
            told["before"] = records.stored(plan.record, plan.columns)
            told["after"] = records.told(plan.columns)
            if stay_id in have:
                told["guests"] = [had[stay_id], have[stay_id]]
            done.append(told)
        return done

    async def take_back(
        self, setting: Setting, done: Sequence[Mapping[str, Any]]
    ) -> list[TakenBack]:
        """The stays first, then the people who were made for them."""
        ids = [told["id"] for told in done]
        found = await records.load(setting, Reservation, col(Reservation.id).in_(ids))
        rows, guests = {stay.id: stay for stay in found}, await guests_of(setting, ids)
        going: list[int] = []
        changes: dict[int, dict[str, Any]] = {}
        regained: dict[int, list[int]] = {}
        taken: list[TakenBack] = []
        for told in done:
            stay = rows.get(told["id"])
            if stay is None:
                taken.append(TakenBack([] if "made" in told else ["code"]))
            elif "made" not in told:
                changed, kept = records.back(Reservation, stay, told["before"], told["after"])
                changes[stay.id] = with_keys(changed)
                before, after = told.get("guests", ([], None))
                if guests[stay.id] == after:
                    regained[stay.id] = before
                elif after is not None:
                    kept.append("guest_name")
                taken.append(TakenBack([_FIELDS.get(name, name) for name in kept]))
            elif records.digest(Reservation, stay, guests[stay.id]) != told["made"]:
                taken.append(TakenBack(["code"]))
            else:
                going.append(stay.id)
                taken.append(TakenBack())
        await records.write(setting, Reservation, changes)
        await set_guests(setting, regained)
        await records.remove(setting, Reservation, going)
        await _without_newcomers(setting, done, taken)
        return taken


def _people_made(
    plan: Plan, newcomers: dict[Person, None], linked: Mapping[int, list[int]]
) -> dict[str, Any]:
    """Told once, with the first line that they are in."""
    first = [person for person in plan.extra.newcomers if person in newcomers]
    for person in first:
        del newcomers[person]
    if not first:
        return {}
    return {
        "people": {str(person.id): person.as_made for person in first},
        "linked": {str(person.id): linked.get(person.id, []) for person in first},
    }


async def _without_newcomers(
    setting: Setting, done: Sequence[Mapping[str, Any]], taken: Sequence[TakenBack]
) -> None:
    made = {int(id_): told for each in done for id_, told in each.get("people", {}).items()}
    staying = await people.take_away(setting, made) if made else set[int]()
    for each, back in zip(done, taken, strict=True):
        if any(int(id_) in staying for id_ in each.get("people", {})) and not back.kept:
            back.kept.append("guest_name")
