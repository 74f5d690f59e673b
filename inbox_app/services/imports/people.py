"""The people whom a table tells of: put on file, and taken away (A3)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select, update

from inbox_app.domain.people.search_terms import folded
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import (
    Actor,
    ActorAccommodation,
    ActorLabel,
    ActorLink,
    ActorPhone,
    Conversation,
    ReservationGuest,
    Task,
)
from inbox_app.services.bulk import upsert
from inbox_app.services.imports import records
from inbox_app.services.imports.kind import Setting
from inbox_app.services.imports.known_people import (
    COLUMNS,
    Number,
    Person,
    people_by_id,
    phones_of,
)
from inbox_app.services.people.link_actor import link_by_numbers
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.webhooks.note_events import note_of


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
        for phone in await phones_of(setting, added.keys())
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
