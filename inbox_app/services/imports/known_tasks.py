"""The tasks on file that some lines are about, their homes, stays and suppliers; what each line
would do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col

from inbox_app.domain.imports.fields import LineProblem, LineRefusedError
from inbox_app.domain.imports.moments import LocalMoment
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.people.search_terms import folded, squeezed
from inbox_app.domain.tasks import TO_DO, TaskKind, TaskStatus
from inbox_app.models import Reservation, Task
from inbox_app.services.imports import known_people, records
from inbox_app.services.imports.kind import Plan, Planned, Said, Setting
from inbox_app.services.imports.kinds.accommodations import home_named, homes
from inbox_app.services.imports.known_people import KnownPeople, Person

SHOWN = {
    "accommodation_id": "accommodation",
    "reservation_id": "code",
    "supplier_id": "supplier",
    "kind": "task_kind",
    "status": "task_status",
    "asked_at": "supplier",
    "closed_at": "task_status",
}
"""What the fields of these columns are called."""
_FOLLOWING = {"asked_at", "closed_at"}


class KnownTasks:
    """What some lines may be about, read at once."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._by_key: dict[str, Any] = {}
        self._by_title: defaultdict[str, list[Any]] = defaultdict(list)
        self._stays: dict[str, list[Any]] = {}
        self._people = KnownPeople()
        self._homes: tuple[dict[str, Any], dict[str, list[Any]]] = ({}, {})
        self._zones: dict[int, str] = {}

    @classmethod
    async def of(cls, setting: Setting, lines: Sequence[Said]) -> "KnownTasks":
        known = cls(setting)
        known._homes = await homes(setting)
        by_key, by_name = known._homes
        there = [*by_key.values(), *(home for named in by_name.values() for home in named)]
        known._zones = {home.id: home.timezone for home in there}
        await known._read_tasks(lines)
        await known._read_stays({said["code"] for said in lines if "code" in said})
        suppliers = {said["supplier"] for said in lines if "supplier" in said}
        known._people = await known_people.find(setting, keys=suppliers, names=suppliers)
        return known

    async def _read_tasks(self, lines: Sequence[Said]) -> None:
        keys = {said["external_id"] for said in lines if "external_id" in said}
        titles = {said["title"] for said in lines if "title" in said and "external_id" not in said}
        if keys:
            found = await records.load(self._setting, Task, col(Task.external_id).in_(keys))
            self._by_key = {task.external_id: task for task in found}
        if titles:
            listed = (col(Task.archived_at).is_(None), col(Task.title).in_(titles))
            for task in await records.load(self._setting, Task, *listed):
                self._by_title[task.title].append(task)

    async def _read_stays(self, names: set[str]) -> None:
        if not names:
            return
        keyed = await records.load(
            self._setting, Reservation, col(Reservation.external_id).in_(names)
        )
        codes = col(Reservation.code_key).in_({squeezed(name) for name in names} - {""})
        listed = (col(Reservation.archived_at).is_(None), codes)
        coded = await records.load(self._setting, Reservation, *listed)
        for name in names:
            self._stays[name] = [stay for stay in keyed if stay.external_id == name] or [
                stay for stay in coded if stay.code_key == squeezed(name)
            ]

    def planned(self, said: Said) -> Planned:
        """What the line would do."""
        try:
            keyed = self._by_key.get(said.get("external_id", ""))
            columns = self._columns(said, keyed)
            task = keyed or self._alike(said, columns)
            return self._change(task, columns) if task else self._new(columns)
        except LineRefusedError as refused:
            return refused

    def _alike(self, said: Said, columns: Mapping[str, Any]) -> Any:
        """Without a key it is known by its title, its home and its time."""
        if "external_id" in said:
            return None
        what = [columns.get(name) for name in ("accommodation_id", "due_at")]
        same = [
            task
            for task in self._by_title.get(said.get("title", ""), ())
            if [task.accommodation_id, task.due_at] == what
        ]
        if len(same) > 1:
            raise LineRefusedError(LineProblem.SEVERAL, "title", said["title"])
        return same[0] if same else None

    def _new(self, columns: dict[str, Any]) -> Plan:
        if "title" not in columns:
            raise LineRefusedError(LineProblem.MISSING, "title")
        values: dict[str, Any] = {
            **records.blank(self._setting, Task),
            "kind": TaskKind.OTHER,
            "status": TaskStatus.OPEN,
        }
        columns = values | columns
        if columns["supplier_id"]:
            columns["asked_at"] = self._setting.now
        if columns["status"] not in TO_DO:
            columns["closed_at"] = self._setting.now
        return Plan(Outcome.NEW, columns=columns)

    def _change(self, task: Any, columns: dict[str, Any]) -> Plan:
        if task.archived_at is not None:
            columns["archived_at"] = None
        changed = records.differing(task, columns)
        if "supplier_id" in changed:
            columns["asked_at"] = self._setting.now
        if "status" in changed:
            closed = columns["status"] not in TO_DO
            columns["closed_at"] = (task.closed_at or self._setting.now) if closed else None
        fields = [SHOWN.get(name, name) for name in changed]
        outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
        names = [*changed, *(_FOLLOWING & columns.keys())]
        return Plan(outcome, fields, task, {name: columns[name] for name in names})

    def _columns(self, said: Said, before: Any) -> dict[str, Any]:
        plain = ("external_id", "title", "description")
        columns: dict[str, Any] = {name: said[name] for name in plain if name in said}
        for name, column in (("task_kind", "kind"), ("task_status", "status")):
            if name in said:
                columns[column] = said[name]
        if "accommodation" in said:
            columns["accommodation_id"] = home_named(self._homes, said["accommodation"]).id
        stay = self._stay(said["code"]) if "code" in said else None
        if stay is not None:
            columns["reservation_id"] = stay.id
        if "supplier" in said:
            columns["supplier_id"] = self._supplier(said["supplier"]).id
        if "due_at" in said:
            columns["due_at"] = self._due(said, columns, stay or before)
        return columns

    def _due(self, said: Said, columns: Mapping[str, Any], there: Any) -> datetime:
        """`there` is at a home too, where the line names none."""
        due: LocalMoment | datetime = said["due_at"]
        if isinstance(due, datetime):
            return due
        home_id = columns.get("accommodation_id") or (there and there.accommodation_id)
        zone = self._zones.get(home_id, self._setting.time_zone)
        return due.there(zone, said.get("due_time"))

    def _stay(self, name: str) -> Any:
        found = self._stays.get(name, [])
        if not found:
            raise LineRefusedError(LineProblem.UNKNOWN_RESERVATION, "code", name)
        if len(found) > 1:
            raise LineRefusedError(LineProblem.SEVERAL, "code", name)
        return found[0]

    def _supplier(self, name: str) -> Person:
        keyed = self._people.keyed(name)
        named = [keyed] if keyed else self._people.by_name.get(folded(name), [])
        found = [each for each in named if each.columns["kind"] is ActorKind.SUPPLIER]
        if len(found) == 1:
            return found[0]
        problem = LineProblem.NO_SUPPLIER if named else LineProblem.UNKNOWN_SUPPLIER
        problem = LineProblem.SEVERAL_SUPPLIERS if found else problem
        raise LineRefusedError(problem, "supplier", name)
