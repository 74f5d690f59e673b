"""Guests, owners and suppliers from a table (A3). Numbers that are new are added to those on file;
without a key, somebody is known by a number, else by the address, else by name and kind."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col

from inbox_app.domain.imports.fields import Field, Holds, LineProblem, LineRefusedError
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.search_terms import folded
from inbox_app.domain.stays.accommodations import MAX_LINE
from inbox_app.models import Actor
from inbox_app.services.imports import known_people, people, records
from inbox_app.services.imports.kind import Kind, Plan, Planned, Said, Setting, TakenBack
from inbox_app.services.imports.known_people import KnownPeople, Number, Person
from inbox_app.services.people.write_terms import write_terms

_PLAIN = ("email", "language", "country", "notes")
_WHEN = "changed_at"


class Actors(Kind):
    name = "actors"
    fields = (
        Field("external_id", Holds.KEY, ("external_id", "guest_key", "code")),
        Field("name", words=("name", "guest_name")),
        Field("first_name"),
        Field("last_name"),
        Field("kind", Holds.ACTOR_KIND),
        Field("phones", Holds.PHONES, many=True),
        Field("email", Holds.EMAIL),
        Field("language", Holds.LANGUAGE),
        Field("country", Holds.COUNTRY),
        Field("notes", Holds.TEXT),
    )
    keys = ("external_id", "phones", "email", "name", "last_name", "first_name")
    needed = ("name",)
    constants = ("kind",)

    def identity(self, said: Said) -> str:
        for what in ("external_id", "phones", "email"):
            if said.get(what):
                return f"{what} {said[what]}"
        return f"name {said.get('kind', '')} {folded(full_name(said))}"

    async def plan(self, setting: Setting, lines: Sequence[Said]) -> list[Planned]:
        """What each line would do."""
        numbers = [known_people.numbers_of(setting, said.get("phones", ())) for said in lines]
        known = await known_people.find(
            setting,
            keys={said["external_id"] for said in lines if "external_id" in said},
            numbers=[number for each in numbers for number in each],
            emails={said["email"] for said in lines if "email" in said},
            names={full_name(said) for said in lines if not {"phones", "email"} & said.keys()},
        )
        return [
            _planned(setting, known, said, each) for said, each in zip(lines, numbers, strict=True)
        ]

    async def write(self, setting: Setting, plans: Sequence[Plan]) -> list[dict[str, Any]]:
        """Put them on file, and link who waits for a number of theirs."""
        changes = {
            plan.record.id: _with_sort_name(plan.columns | {_WHEN: setting.now})
            for plan in plans
            if plan.outcome is Outcome.CHANGED
        }
        await records.write(setting, Actor, changes)
        linked = await people.put_on_file(
            setting,
            [plan.record for plan in plans if plan.outcome is Outcome.NEW],
            {plan.record: plan.extra for plan in plans if plan.outcome is Outcome.CHANGED},
        )
        return [_done(setting, plan, linked) for plan in plans]

    async def take_back(
        self, setting: Setting, done: Sequence[Mapping[str, Any]]
    ) -> list[TakenBack]:
        """Take away who was made, and from the others what was added."""
        made = {told["id"]: told["made"] for told in done if "made" in told}
        staying = await people.take_away(setting, made)
        restored = await _restored(setting, [told for told in done if "made" not in told])
        return [
            TakenBack(["name"] if told["id"] in staying else [])
            if "made" in told
            else TakenBack(restored[told["id"]])
            for told in done
        ]


def full_name(said: Said, prefix: str = "") -> str:
    """As it is given, or of a first and a last name."""
    parts = (said.get(prefix + "first_name"), said.get(prefix + "last_name"))
    return (said.get(prefix + "name") or " ".join(part for part in parts if part))[:MAX_LINE]


def _planned(
    setting: Setting, known: KnownPeople, said: Said, numbers: Sequence[Number]
) -> Planned:
    try:
        person = _meant(known, said, numbers)
        return _change(person, said, numbers) if person else _new(setting, said, numbers)
    except LineRefusedError as refused:
        return refused


def _meant(known: KnownPeople, said: Said, numbers: Sequence[Number]) -> Person | None:
    if "external_id" in said:
        return known.by_key.get(said["external_id"])
    name, email = full_name(said), said.get("email", "")
    if numbers or email:
        return known.meant(numbers, email, name, "phones" if numbers else "email")
    named = [
        person
        for person in known.by_name.get(folded(name), [])
        if said.get("kind") in {None, person.columns["kind"]}
    ]
    if len(named) > 1:
        raise LineRefusedError(LineProblem.SEVERAL, "name", name)
    return named[0] if named else None


def _new(setting: Setting, said: Said, numbers: Sequence[Number]) -> Plan:
    name = full_name(said)
    if not name:
        raise LineRefusedError(LineProblem.MISSING, "name")
    columns = {each: said[each] for each in ("external_id", *_PLAIN) if each in said}
    kind = said.get("kind") or ActorKind.GUEST
    return Plan(
        Outcome.NEW,
        record=known_people.new_person(setting, numbers, name=name, kind=kind, **columns),
    )


def _change(person: Person, said: Said, numbers: Sequence[Number]) -> Plan:
    """Who was merged into another stays so: what is told of them waits for an undo."""
    columns = {each: said[each] for each in ("kind", *_PLAIN) if each in said}
    if name := full_name(said):
        columns["name"] = name
    if person.columns["archived_at"] is not None and person.merged_into is None:
        columns["archived_at"] = None
    have = {number.key for number in person.numbers}
    added = [number for number in numbers if number.key not in have]
    changed = {each: value for each, value in columns.items() if person.columns[each] != value}
    fields = [*changed, *(["phones"] if added else [])]
    outcome = Outcome.CHANGED if fields else Outcome.UNCHANGED
    return Plan(outcome, fields, person, changed, added)


def _with_sort_name(columns: Mapping[str, Any]) -> dict[str, Any]:
    """What lists are ordered by follows the name."""
    return dict(columns) | ({"sort_name": folded(columns["name"])} if "name" in columns else {})


def _done(setting: Setting, plan: Plan, linked: Mapping[int, list[int]]) -> dict[str, Any]:
    person: Person = plan.record
    told: dict[str, Any] = {"id": person.id, "linked": linked.get(person.id, [])}
    if plan.outcome is Outcome.NEW:
        return told | {"made": person.as_made}
    after = plan.columns | {_WHEN: setting.now}
    return told | {
        "before": records.told({name: person.columns[name] for name in after}),
        "after": records.told(after),
        "added": [list(number) for number in plan.extra],
    }


async def _restored(setting: Setting, done: Sequence[Mapping[str, Any]]) -> dict[int, list[str]]:
    """What was kept of each, by id."""
    ids = [told["id"] for told in done]
    rows = {row.id: row for row in await records.load(setting, Actor, col(Actor.id).in_(ids))}
    await people.unlink(setting, {told["id"]: told["linked"] for told in done if told["linked"]})
    others = await people.without_numbers(
        setting, {told["id"]: told["added"] for told in done if told["id"] in rows}
    )
    changes: dict[int, dict[str, Any]] = {}
    kept: dict[int, list[str]] = {}
    for told in done:
        id_ = told["id"]
        if id_ not in rows:
            kept[id_] = ["name"]
            continue
        changed, stay = records.back(Actor, rows[id_], told["before"], told["after"])
        changes[id_] = _with_sort_name(changed)
        kept[id_] = [name for name in stay if name != _WHEN] + ["phones"] * (id_ in others)
    await records.write(setting, Actor, changes)
    await write_terms(setting.session, setting.account_id, rows.keys())
    return kept
