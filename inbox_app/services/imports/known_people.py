"""The people on file whom a table may mean: by key, number, address or name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlmodel import col, select

from inbox_app.domain.imports.fields import LineProblem, LineRefusedError
from inbox_app.domain.people import phones
from inbox_app.domain.people.search_terms import WHOLE, folded, squeezed
from inbox_app.models import Actor, ActorPhone, ActorTerm
from inbox_app.services.imports import records
from inbox_app.services.imports.kind import Setting

COLUMNS = (
    *("external_id", "kind", "name", "email", "language", "country", "notes"),
    *("archived_at", "changed_at"),
)


class Number(NamedTuple):
    """As it was given, beside the E.164 it gives."""

    raw: str
    e164: str | None
    whatsapp: bool = False

    @property
    def key(self) -> str:
        """The one spelling of all that are the same."""
        return phones.canonical(self.e164) if self.e164 else self.raw


@dataclass(slots=True, eq=False)
class Person:
    """Somebody on file, or who is to be: then their id is 0."""

    columns: dict[str, Any]
    numbers: list[Number] = field(default_factory=list[Number])
    id: int = 0
    merged_into: int | None = None
    """Another on file, who they turned out to be."""

    @property
    def name(self) -> str:
        return self.columns["name"]

    @property
    def as_made(self) -> str:
        """Tells later whether anybody has changed them."""
        return records.digest(Actor, self.columns, self.numbers)


def new_person(setting: Setting, numbers: Sequence[Number], **columns: Any) -> Person:
    """To be put on file."""
    return Person(dict.fromkeys(COLUMNS) | columns, list(numbers))


def numbers_of(setting: Setting, raw: Iterable[str]) -> list[Number]:
    """Each once, by the country where the company is."""
    found = [_number(each, setting.country) for each in raw]
    return [*{number.key: number for number in reversed(found)}.values()][::-1]


@lru_cache(10_000)
def _number(raw: str, country: str) -> Number:
    return Number(raw, phones.e164_at_home(raw, country))


@dataclass(slots=True)
class KnownPeople:
    """Those whom some lines may mean. Who is new is found too, once they are noted here."""

    by_id: dict[int, Person] = field(default_factory=dict[int, Person])
    by_key: dict[str, Person] = field(default_factory=dict[str, Person])
    by_number: defaultdict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_email: defaultdict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    by_name: defaultdict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def note(self, person: Person) -> None:
        """They may be meant by a key, a number, an address or a name."""
        columns = person.columns
        if columns["external_id"]:
            self.by_key[columns["external_id"]] = person
        if columns["archived_at"] is not None:
            return
        for key in {number.key for number in person.numbers if number.e164}:
            self.by_number[key].append(person)
        if columns["email"]:
            self.by_email[columns["email"].lower()].append(person)
        self.by_name[folded(person.name)].append(person)

    def keyed(self, key: str) -> Person | None:
        """Whom a key means: who was merged into another is that one."""
        person = self.by_key.get(key)
        return self.by_id[person.merged_into] if person and person.merged_into else person

    def meant(self, numbers: Sequence[Number], email: str, name: str, field: str) -> Person | None:
        """The one with a number, else with the address: of several the one of that name. Raises
        ``LineRefusedError`` when more than one may be meant."""
        for number in numbers:
            having = self.by_number.get(number.key, []) if number.e164 else []
            if found := _only(having, name, field, number.raw):
                return found
        return _only(self.by_email.get(email, []), name, field, email)


def _only(having: Sequence[Person], name: str, field: str, value: str) -> Person | None:
    if len(having) < 2:
        return having[0] if having else None
    named = [person for person in having if folded(person.name) == folded(name)]
    if len(named) != 1:
        raise LineRefusedError(LineProblem.SEVERAL, field, value)
    return named[0]


async def find(
    setting: Setting,
    *,
    keys: Collection[str] = (),
    numbers: Iterable[Number] = (),
    emails: Collection[str] = (),
    names: Collection[str] = (),
    ids: Collection[int] = (),
) -> KnownPeople:
    """Those on file who have one of these."""
    wanted = set(ids) | await _ids_by_terms(setting, emails, names)
    wanted |= await _ids_by_number(setting, {number.key for number in numbers if number.e164})
    known = KnownPeople(by_id=await people_by_id(setting, wanted))
    if keys:
        rows = await records.load(setting, Actor, col(Actor.external_id).in_(keys))
        others = [row.id for row in rows if row.id not in known.by_id]
        known.by_id |= await people_by_id(setting, others)
        merged = {person.merged_into or 0 for person in known.by_id.values()}
        known.by_id |= await people_by_id(setting, merged - {0} - known.by_id.keys())
    for id_ in sorted(known.by_id):
        known.note(known.by_id[id_])
    return known


async def people_by_id(setting: Setting, ids: Collection[int]) -> dict[int, Person]:
    """Those of the company, with their numbers in order."""
    if not ids:
        return {}
    people = {
        row.id: Person(
            {name: getattr(row, name) for name in COLUMNS}, id=row.id, merged_into=row.merged_into
        )
        for row in await records.load(setting, Actor, col(Actor.id).in_(ids))
    }
    for phone in await phones_of(setting, people):
        people[phone.actor_id].numbers.append(Number(phone.raw, phone.e164, phone.whatsapp))
    return people


async def phones_of(setting: Setting, ids: Collection[int]) -> list[Any]:
    """Their numbers, in order."""
    found = await records.load(setting, ActorPhone, col(ActorPhone.actor_id).in_(ids))
    return sorted(found, key=lambda phone: (phone.position, phone.id))


async def _ids_by_terms(
    setting: Setting, emails: Collection[str], names: Collection[str]
) -> set[int]:
    terms = {WHOLE + squeezed(each) for each in (*emails, *names)} - {WHOLE}
    if not terms:
        return set()
    query = select(ActorTerm.actor_id).where(
        col(ActorTerm.account_id) == setting.account_id, col(ActorTerm.term).in_(terms)
    )
    return set(await setting.session.exec(query))


async def _ids_by_number(setting: Setting, keys: Collection[str]) -> set[int]:
    query = select(ActorPhone.actor_id).where(
        col(ActorPhone.account_id) == setting.account_id, col(ActorPhone.match_key).in_(keys)
    )
    return set(await setting.session.exec(query)) if keys else set()
