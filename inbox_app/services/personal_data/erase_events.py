"""A person taken out of the raw events that channels sent (A6)."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.erasing import without_person
from inbox_app.models import InboundEvent
from inbox_app.services.personal_data.person_ids import PersonIds

AT_ONCE = 1_000
"""Events that are looked into in one transaction."""


async def last_event(session: AsyncSession) -> int:
    """The id of the newest; 0 while there is none."""
    query = select(func.coalesce(func.max(col(InboundEvent.id)), 0))
    return (await session.exec(query)).one()


async def naming(session: AsyncSession, person: PersonIds, after: int) -> list[int]:
    """The ids of those among the ``AT_ONCE`` that follow ``after`` that name the person."""
    dialect = (await session.connection()).dialect.name
    names = [holds(id_, dialect) for id_ in sorted(person.ids)]
    query = select(InboundEvent.id).where(
        col(InboundEvent.id) > after, col(InboundEvent.id) <= after + AT_ONCE, or_(*names)
    )
    return list(await session.exec(query)) if names else []


async def take_out(session: AsyncSession, person: PersonIds, event_ids: list[int]) -> None:
    """Write these events anew, without them."""
    query = select(InboundEvent).where(col(InboundEvent.id).in_(event_ids)).with_for_update()
    for event in await session.exec(query):
        event.body = without_person(event.body, person.endpoints, person.ids)
        session.add(event)


def holds(id_: str, dialect: str) -> ColumnElement[bool]:
    """Of an event: these signs are in it."""
    body: Any = col(InboundEvent.body)
    needle = literal(id_.encode())
    if dialect == "sqlite":
        return func.instr(body, needle) > 0
    return func.position(needle.op("IN")(body)) > 0
