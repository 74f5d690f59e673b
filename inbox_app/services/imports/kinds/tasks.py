"""Tasks from a table (A3). Without a key, one is known by its title, its home and its time; the
home by key or name, the stay by key or code, the supplier by key or name."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col

from inbox_app.domain.imports.fields import Field, Holds
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.search_terms import folded
from inbox_app.models import Task
from inbox_app.services.imports import records
from inbox_app.services.imports.kind import Kind, Plan, Planned, Said, Setting, TakenBack
from inbox_app.services.imports.known_tasks import SHOWN, KnownTasks

_KNOWN_BY = ("external_id", "title", "accommodation_id", "due_at")


class Tasks(Kind):
    name = "tasks"
    fields = (
        Field("external_id", Holds.KEY, ("task_id", "external_id")),
        Field("title", words=("task_title",)),
        Field("task_kind", Holds.TASK_KIND),
        Field("task_status", Holds.TASK_STATUS, ("status",)),
        Field("accommodation"),
        Field("code"),
        Field("supplier"),
        Field("due_at", Holds.MOMENT),
        Field("due_time", Holds.TIME),
        Field("description", Holds.TEXT, ("description", "notes")),
    )
    keys = ("external_id", "title")
    needed = ("title",)

    def identity(self, said: Said) -> str:
        if "external_id" in said:
            return f"external_id {said['external_id']}"
        where = folded(said.get("accommodation", ""))
        when = f"{said.get('due_at', '')} {said.get('due_time', '')}"
        return f"title {said.get('title', '')} {where} {when}"

    async def plan(self, setting: Setting, lines: Sequence[Said]) -> list[Planned]:
        """What each line would do."""
        known = await KnownTasks.of(setting, lines)
        return [known.planned(said) for said in lines]

    async def write(self, setting: Setting, plans: Sequence[Plan]) -> list[dict[str, Any]]:
        """Write new and changed tasks."""
        new = [plan for plan in plans if plan.outcome is Outcome.NEW]
        rows = [plan.columns for plan in new]
        ids = await records.insert(setting, Task, rows, *_KNOWN_BY)
        made = {id(plan): id_ for plan, id_ in zip(new, ids, strict=True)}
        changes = {p.record.id: p.columns for p in plans if p.outcome is Outcome.CHANGED}
        await records.write(setting, Task, changes)
        return [
            {"id": made[id(plan)], "made": records.digest(Task, plan.columns)}
            if plan.outcome is Outcome.NEW
            else {
                "id": plan.record.id,
                "before": records.stored(plan.record, plan.columns),
                "after": records.told(plan.columns),
            }
            for plan in plans
        ]

    async def take_back(
        self, setting: Setting, done: Sequence[Mapping[str, Any]]
    ) -> list[TakenBack]:
        """What they made goes, what they changed is as it was."""
        ids = [told["id"] for told in done]
        rows = {task.id: task for task in await records.load(setting, Task, col(Task.id).in_(ids))}
        going: list[int] = []
        changes: dict[int, dict[str, Any]] = {}
        taken: list[TakenBack] = []
        for told in done:
            task = rows.get(told["id"])
            if task is None:
                taken.append(TakenBack([] if "made" in told else ["title"]))
            elif "made" not in told:
                changes[task.id], kept = records.back(Task, task, told["before"], told["after"])
                taken.append(TakenBack([*dict.fromkeys(SHOWN.get(name, name) for name in kept)]))
            elif records.digest(Task, task) != told["made"]:
                taken.append(TakenBack(["title"]))
            else:
                going.append(task.id)
                taken.append(TakenBack())
        await records.write(setting, Task, changes)
        await records.remove(setting, Task, going)
        return taken
