"""The stays on file that some lines are about, their homes and guests; what each line would do."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col

from inbox_app.domain.imports.fields import LineProblem, LineRefusedError
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.search_terms import folded, squeezed
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Reservation
from inbox_app.services.imports import known_people, records
from inbox_app.services.imports.guests import guests_of
from inbox_app.services.imports.kind import Plan, Planned, Said, Setting
from inbox_app.services.imports.kinds.accommodations import home_named, homes
from inbox_app.services.imports.kinds.actors import full_name
from inbox_app.services.imports.known_people import KnownPeople, Number, Person

_AS_SAID = (
    *("external_id", "code", "check_in", "check_out", "status", "adults", "children", "infants"),
    *("pets", "arrival_time", "departure_time", "portal", "portal_code", "url", "notes"),
)
_MONEY = ("total", "balance")


class Extra:
    """Whose stay it is: everybody, or None when that does not change; and who of them is new."""

    def __init__(self) -> None:
        self.guests: list[Person] | None = None
        self.newcomers: list[Person] = []


class KnownStays:
    """What some lines may be about, read at once."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._by_key: dict[str, Any] = {}
        self._by_code: dict[str, list[Any]] = {}
        self._guests: Mapping[int, list[int]] = {}
        self._people = KnownPeople()
        self._homes: tuple[dict[str, Any], dict[str, list[Any]]] = ({}, {})

    @classmethod
    async def of(cls, setting: Setting, lines: Sequence[Said]) -> "KnownStays":
        known = cls(setting)
        known._homes = await homes(setting)
        await known._read_stays(lines)
        known._people = await known_people.find(
            setting,
            keys={said["guest_key"] for said in lines if "guest_key" in said},
            numbers=[
                number
                for said in lines
                for number in known_people.numbers_of(setting, said.get("guest_phones", ()))
            ],
            emails={said["guest_email"] for said in lines if "guest_email" in said},
            ids={id_ for ids in known._guests.values() for id_ in ids},
        )
        return known

    async def _read_stays(self, lines: Sequence[Said]) -> None:
        keys = {said["external_id"] for said in lines if "external_id" in said}
        codes = {squeezed(s["code"]) for s in lines if "code" in s and "external_id" not in s}
        stays: list[Any] = []
        if keys:
            of = col(Reservation.external_id).in_(keys)
            stays += await records.load(self._setting, Reservation, of)
            self._by_key = {stay.external_id: stay for stay in stays}
        if codes:
            listed = (col(Reservation.archived_at).is_(None), col(Reservation.code_key).in_(codes))
            for stay in await records.load(self._setting, Reservation, *listed):
                self._by_code.setdefault(stay.code_key, []).append(stay)
                stays.append(stay)
        self._guests = await guests_of(self._setting, [stay.id for stay in stays])

    def planned(self, said: Said) -> Planned:
        """What the line would do."""
        try:
            stay = self._stay(said)
            return self._change(stay, said) if stay else self._new_stay(said)
        except LineRefusedError as refused:
            return refused

    def _stay(self, said: Said) -> Any:
        if "external_id" in said:
            return self._by_key.get(said["external_id"])
        if "code" not in said:
            raise LineRefusedError(LineProblem.MISSING, "code")
        found = self._by_code.get(squeezed(said["code"]), [])
        if len(found) > 1:
            raise LineRefusedError(LineProblem.SEVERAL, "code", said["code"])
        return found[0] if found else None

    def _new_stay(self, said: Said) -> Plan:
        for name in ("accommodation", "check_in", "check_out"):
            if name not in said:
                raise LineRefusedError(LineProblem.MISSING, name)
        columns = self._columns(said, None)
        _check_nights(columns["check_in"], columns["check_out"])
        extra = Extra()
        extra.guests = self._guests_said(said, [], extra)
        values: dict[str, Any] = {
            **records.blank(self._setting, Reservation),
            "code": said.get("external_id"),
            "status": ReservationStatus.CONFIRMED,
        }
        return Plan(Outcome.NEW, columns=with_keys(values | columns), extra=extra)

    def _change(self, stay: Any, said: Said) -> Plan:
        columns = self._columns(said, stay)
        if stay.archived_at is not None:
            columns["archived_at"] = None
        _check_nights(
            columns.get("check_in", stay.check_in), columns.get("check_out", stay.check_out)
        )
        changed = records.differing(stay, columns)
        extra = Extra()
        before = [self._people.by_id[id_] for id_ in self._guests[stay.id]]
        guests = self._guests_said(said, before, extra)
        fields = [name.replace("accommodation_id", "accommodation") for name in changed]
        if guests != before:
            extra.guests = guests
            fields.append("guest_name")
        outcome = Outcome.CHANGED if fields else Outcome.UNCHANGED
        return Plan(outcome, fields, stay, {name: columns[name] for name in changed}, extra)

    def _columns(self, said: Said, stay: Any) -> dict[str, Any]:
        columns = {name: said[name] for name in _AS_SAID if name in said}
        if "accommodation" in said:
            columns["accommodation_id"] = home_named(self._homes, said["accommodation"]).id
        return columns | _money(said, stay)

    def _guests_said(self, said: Said, before: list[Person], extra: Extra) -> list[Person]:
        """Those there are, and the one that the line tells of besides."""
        name = full_name(said, "guest_")
        if not (name or "guest_key" in said or "guest_phones" in said or "guest_email" in said):
            return before
        numbers = known_people.numbers_of(self._setting, said.get("guest_phones", ()))
        guest = self._guest(said, name, numbers, before)
        if not guest.id:
            extra.newcomers.append(guest)
        return before if guest in before else [*before, guest]

    def _guest(
        self, said: Said, name: str, numbers: list[Number], before: Sequence[Person]
    ) -> Person:
        key, email = said.get("guest_key"), said.get("guest_email", "")
        if key is not None:
            found = self._people.keyed(key)
        else:
            found = next(
                (each for each in before if name and folded(each.name) == folded(name)), None
            )
            field = "guest_phones" if numbers else "guest_email"
            found = found or self._people.meant(numbers, email, name, field)
        if found is not None:
            return found
        if not name:
            why = LineProblem.UNKNOWN_GUEST if key else LineProblem.MISSING
            raise LineRefusedError(why, "guest_key" if key else "guest_name", key or "")
        return self._newcomer(said, name, numbers)

    def _newcomer(self, said: Said, name: str, numbers: list[Number]) -> Person:
        person = known_people.new_person(
            self._setting,
            numbers,
            external_id=said.get("guest_key"),
            kind=ActorKind.GUEST,
            name=name,
            email=said.get("guest_email"),
            language=said.get("guest_language"),
            country=said.get("guest_country"),
        )
        self._people.note(person)
        return person


def with_keys(columns: Mapping[str, Any]) -> dict[str, Any]:
    """What stays are found by follows their codes."""
    keys = {"code": "code_key", "portal_code": "portal_key"}
    follow = {key: squeezed(columns[of] or "") for of, key in keys.items() if of in columns}
    return dict(columns) | follow


def _money(said: Said, stay: Any) -> dict[str, Any]:
    """Amounts, and the one currency of both: as it stands beside one, or in a column of its own."""
    given = {name: said[name] for name in _MONEY if name in said}
    named = {currency for _, currency in given.values() if currency}
    if "currency" in said:
        named.add(said["currency"])
    if len(named) > 1:
        raise LineRefusedError(LineProblem.BAD_CURRENCY, "currency", " / ".join(sorted(named)))
    currency = named.pop() if named else stay and stay.currency
    if given and currency is None:
        raise LineRefusedError(LineProblem.NO_CURRENCY, next(iter(given)))
    columns: dict[str, Any] = {name: amount for name, (amount, _) in given.items()}
    return columns | ({"currency": currency} if given or "currency" in said else {})


def _check_nights(check_in: Any, check_out: Any) -> None:
    if check_out <= check_in:
        raise LineRefusedError(LineProblem.NO_NIGHT, "check_out", check_out.isoformat())
