"""Homes from a table (A3, S3). Without a key, a home is known by its name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from inbox_app.domain.imports.fields import Field, Holds, LineProblem, LineRefusedError
from inbox_app.domain.imports.states import Outcome
from inbox_app.domain.people.search_terms import folded
from inbox_app.models import Accommodation, ActorAccommodation, Reservation, Task
from inbox_app.services.imports import records
from inbox_app.services.imports.kind import Kind, Plan, Planned, Said, Setting, TakenBack
from inbox_app.vault import Vault

_CODES = {"door_code": "door_code_encrypted", "wifi_password": "wifi_password_encrypted"}


class Accommodations(Kind):
    name = "accommodations"
    fields = (
        Field("external_id", Holds.KEY, ("external_id", "code")),
        Field("name", words=("accommodation", "name")),
        Field("address"),
        Field("timezone", Holds.TIME_ZONE),
        Field("country", Holds.COUNTRY),
        Field("check_in_time", Holds.TIME),
        Field("check_out_time", Holds.TIME),
        Field("check_in_instructions", Holds.TEXT),
        Field("door_code"),
        Field("wifi_name"),
        Field("wifi_password"),
        Field("parking", Holds.TEXT),
        Field("house_rules", Holds.TEXT),
    )
    keys = ("external_id", "name")
    needed = ("name",)
    holds_codes = True

    def identity(self, said: Said) -> str:
        if "external_id" in said:
            return f"external_id {said['external_id']}"
        return f"name {folded(said.get('name', ''))}"

    async def plan(self, setting: Setting, lines: Sequence[Said]) -> list[Planned]:
        """What each line would do."""
        by_key, by_name = await homes(setting)
        return [_planned(setting, by_key, by_name, said) for said in lines]

    async def write(self, setting: Setting, plans: Sequence[Plan]) -> list[dict[str, Any]]:
        """Write new and changed homes, through the ORM: it keeps what they are found by."""
        new = [plan for plan in plans if plan.outcome is Outcome.NEW]
        made = {id(plan): Accommodation(**plan.columns) for plan in new}
        setting.session.add_all(made.values())
        await setting.session.flush()
        changes = {p.record.id: p.columns for p in plans if p.outcome is Outcome.CHANGED}
        await _change(setting, changes)
        return [
            {"id": made[id(plan)].id, "made": _as_made(plan.columns, setting.vault)}
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
        """A home that was made stays when it has reservations, people or tasks."""
        ids = [told["id"] for told in done]
        found = await records.load(setting, Accommodation, col(Accommodation.id).in_(ids))
        rows = {home.id: home for home in found}
        used = await _used(setting, ids)
        going: list[int] = []
        changes: dict[int, dict[str, Any]] = {}
        taken: list[TakenBack] = []
        for told in done:
            home = rows.get(told["id"])
            if home is None:
                taken.append(TakenBack([] if "made" in told else ["name"]))
            elif "made" not in told:
                changes[home.id], kept = _back(home, told, setting.vault)
                taken.append(TakenBack(kept))
            elif home.id in used or _as_made(home, setting.vault) != told["made"]:
                taken.append(TakenBack(["name"]))
            else:
                going.append(home.id)
                taken.append(TakenBack())
        await _change(setting, changes)
        await records.remove(setting, Accommodation, going)
        return taken


async def _change(setting: Setting, changes: Mapping[int, Mapping[str, Any]]) -> None:
    query = select(Accommodation).where(
        col(Accommodation.account_id) == setting.account_id, col(Accommodation.id).in_(changes)
    )
    for home in await setting.session.exec(query) if changes else ():
        home.sqlmodel_update(dict(changes[home.id]))
    await setting.session.flush()


async def homes(setting: Setting) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """All of the company, by key, and those that are not archived by name."""
    by_key: dict[str, Any] = {}
    by_name: defaultdict[str, list[Any]] = defaultdict(list)
    for home in await records.load(setting, Accommodation):
        if home.external_id:
            by_key[home.external_id] = home
        if home.archived_at is None:
            by_name[folded(home.name)].append(home)
    return by_key, by_name


def home_named(known: tuple[dict[str, Any], dict[str, list[Any]]], name: str) -> Any:
    """Of what ``homes`` found, the one with this key or name. Raises ``LineRefusedError``."""
    by_key, by_name = known
    if name in by_key:
        return by_key[name]
    named = by_name.get(folded(name), [])
    if not named:
        raise LineRefusedError(LineProblem.UNKNOWN_ACCOMMODATION, "accommodation", name)
    if len(named) > 1:
        raise LineRefusedError(LineProblem.SEVERAL, "accommodation", name)
    return named[0]


def _planned(
    setting: Setting,
    by_key: Mapping[str, Any],
    by_name: Mapping[str, Sequence[Any]],
    said: Said,
) -> Planned:
    name = folded(said.get("name", ""))
    named: Sequence[Any] = () if "external_id" in said else by_name.get(name, ())
    if len(named) > 1:
        return LineRefusedError(LineProblem.SEVERAL, "name", said["name"])
    home = named[0] if named else by_key.get(said.get("external_id", ""))
    if home is None:
        return _new(setting, said)
    columns = _columns(said, home, setting.vault)
    if home.archived_at is not None:
        columns["archived_at"] = None
    changed = records.differing(home, columns)
    fields = [name.removesuffix("_encrypted") for name in changed]
    outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
    return Plan(outcome, fields, home, {name: columns[name] for name in changed})


def _new(setting: Setting, said: Said) -> Planned:
    if "name" not in said:
        return LineRefusedError(LineProblem.MISSING, "name")
    columns: dict[str, Any] = {
        **records.blank(setting, Accommodation),
        "timezone": setting.time_zone,
    }
    return Plan(Outcome.NEW, columns=columns | _columns(said, None, setting.vault))


def _columns(said: Said, home: Any, vault: Vault) -> dict[str, Any]:
    """What opens a home is encrypted, and anew only when it is another."""
    columns = {name: value for name, value in said.items() if name not in _CODES}
    for name, column in _CODES.items():
        before = vault.decrypt_or_none(getattr(home, column)) if home else None
        if name in said and before != said[name]:
            columns[column] = vault.encrypt(said[name])
    return columns


def _as_made(home: Any, vault: Vault) -> str:
    """Codes are compared as they are read: to encrypt is never the same twice."""
    given: Mapping[str, Any] = getattr(home, "_mapping", home)
    codes = [vault.decrypt_or_none(given[column]) for column in _CODES.values()]
    return records.digest(Accommodation, home, codes, without=_CODES.values())


def _back(home: Any, told: Mapping[str, Any], vault: Vault) -> tuple[dict[str, Any], list[str]]:
    after = dict(told["after"])
    for column in _CODES.values():
        now = getattr(home, column)
        if column in after and vault.decrypt_or_none(now) == vault.decrypt_or_none(after[column]):
            after[column] = now
    changed, kept = records.back(Accommodation, home, told["before"], after)
    return changed, [name.removesuffix("_encrypted") for name in kept]


async def _used(setting: Setting, ids: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for table in (Reservation, ActorAccommodation, Task):
        query = select(table.accommodation_id).where(
            col(table.account_id) == setting.account_id, col(table.accommodation_id).in_(ids)
        )
        found |= {id_ for id_ in await setting.session.exec(query.distinct()) if id_ is not None}
    return found
