"""The people whom a table tells of: found by key, number or address, put on file, taken away."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import col, select, update

from inbox_app.domain.imports.fields import LineProblem, LineRefusedError
from inbox_app.domain.people import phones
from inbox_app.domain.people.search_terms import WHOLE, folded, squeezed
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import (
    Actor,
    ActorAccommodation,
    ActorLabel,
    ActorLink,
    ActorPhone,
    ActorTerm,
    Conversation,
    ReservationGuest,
    Task,
)
from inbox_app.services.bulk import upsert
from inbox_app.services.imports import records
from inbox_app.services.imports.kind import Setting
from inbox_app.services.people.link_actor import link_by_numbers
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.webhooks.note_events import note_of

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


async def known_people(
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
    for id_ in sorted(known.by_id):
        known.note(known.by_id[id_])
    return known


async def people_by_id(setting: Setting, ids: Collection[int]) -> dict[int, Person]:
    """Those of the company, with their numbers in order."""
    if not ids:
        return {}
    people = {
        row.id: Person({name: getattr(row, name) for name in COLUMNS}, id=row.id)
        for row in await records.load(setting, Actor, col(Actor.id).in_(ids))
    }
    for phone in await _phones(setting, people):
        people[phone.actor_id].numbers.append(Number(phone.raw, phone.e164, phone.whatsapp))
    return people


async def _phones(setting: Setting, ids: Collection[int]) -> list[Any]:
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


async def put_on_file(
    setting: Setting,
    newcomers: Sequence[Person],
    changed: Mapping[Person, Sequence[Number]] | None = None,
) -> dict[int, list[int]]:
    """Write who is new, and the numbers that others have besides; who waits for one of these is
    linked. The conversations that were, by actor."""
    rows = [
        {
            **records.blank(setting, Actor),
            **person.columns,
            "sort_name": folded(person.name),
        }
        for person in newcomers
    ]
    for person, id_ in zip(
        newcomers, await records.insert(setting, Actor, rows, *COLUMNS[:7]), strict=True
    ):
        person.id = id_
    added = {person: person.numbers for person in newcomers} | dict(changed or {})
    await _add_numbers(setting, added)
    if not added:
        return {}
    theirs = [person.id for person in added]
    await write_terms(setting.session, setting.account_id, theirs)
    linked: defaultdict[int, list[int]] = defaultdict(list)
    conversations = await link_by_numbers(setting.session, setting.account_id, theirs)
    for conversation_id, actor_id in conversations.items():
        linked[actor_id].append(conversation_id)
    return linked


async def _add_numbers(setting: Setting, added: Mapping[Person, Sequence[Number]]) -> None:
    have = {person: len(person.numbers) for person in added if added[person] is not person.numbers}
    rows = [
        {
            "account_id": setting.account_id,
            "actor_id": person.id,
            "position": position,
            "raw": number.raw,
            "e164": number.e164,
            "match_key": number.key if number.e164 else None,
            "whatsapp": False,
        }
        for person, numbers in added.items()
        for position, number in enumerate(numbers, have.get(person, 0))
    ]
    if rows:
        connection = await setting.session.connection()
        await connection.execute(upsert(connection, ActorPhone), rows)


async def take_away(setting: Setting, made: Mapping[int, str]) -> set[int]:
    """People who were made, with what they were like then; the ids of those who stay, because
    somebody has changed them, or something hangs on them, since."""
    there = await people_by_id(setting, made.keys())
    used = await _used(setting, there.keys()) if there else set[int]()
    going = {
        id_ for id_, person in there.items() if person.as_made == made[id_] and id_ not in used
    }
    if going:
        await unlink(setting, {}, all_of=going)
        await records.remove(setting, Actor, going)
    return there.keys() - going


async def without_numbers(
    setting: Setting, added: Mapping[int, Sequence[Sequence[Any]]]
) -> set[int]:
    """Take from people the numbers that were added; the ids of those of whom not all are as they
    were."""
    there: dict[tuple[Any, ...], int] = {
        (phone.actor_id, phone.raw, phone.e164, phone.whatsapp): phone.id
        for phone in await _phones(setting, added.keys())
    }
    wanted = {(id_, *number) for id_, numbers in added.items() for number in numbers}
    await records.remove(setting, ActorPhone, [there[each] for each in wanted if each in there])
    return {id_ for id_, *_ in wanted - there.keys()}


async def unlink(
    setting: Setting, linked: Mapping[int, Collection[int]], all_of: Collection[int] = ()
) -> None:
    """The conversations are nobody's again: these of each actor, or all of some."""
    theirs = update(Conversation).where(col(Conversation.account_id) == setting.account_id)
    which: list[tuple[ColumnElement[bool], ...]] = [
        (col(Conversation.actor_id) == actor_id, col(Conversation.id).in_(ids))
        for actor_id, ids in linked.items()
    ]
    if all_of:
        which.append((col(Conversation.actor_id).in_(all_of),))
    connection = await setting.session.connection()
    for of in which:
        change = theirs.where(*of).values(actor_id=None).returning(col(Conversation.id))
        ids = [*(await connection.execute(change)).scalars()]
        await note_of(connection, WebhookEventType.CONVERSATION_LINKED, setting.account_id, ids)


async def _used(setting: Setting, ids: Collection[int]) -> set[int]:
    """Those in a stay or a home, with a task or a label, whom somebody linked, or began to write to
    without a number."""
    found: set[int] = set()
    for table in (ReservationGuest, ActorAccommodation, ActorLink, ActorLabel):
        query = select(table.actor_id).where(
            col(table.account_id) == setting.account_id, col(table.actor_id).in_(ids)
        )
        found |= set(await setting.session.exec(query))
    tasks = select(Task.supplier_id).where(
        col(Task.account_id) == setting.account_id, col(Task.supplier_id).in_(ids)
    )
    waiting = select(Conversation.actor_id).where(
        col(Conversation.account_id) == setting.account_id,
        col(Conversation.actor_id).in_(ids),
        col(Conversation.address_id).is_(None),
    )
    for others in (tasks, waiting):
        found |= {id_ for id_ in await setting.session.exec(others) if id_ is not None}
    return found
