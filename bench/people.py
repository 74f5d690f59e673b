"""What it costs to find and list people, and to suggest whom an unknown sender may be.

    python -m bench.people [how many actors] [database]

Search and suggestions are asked for in turns among 1,000 actors and among as many as given, with
two reservations for five of them; on a fresh SQLite, or in the empty PostgreSQL database named.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bench.support.seeded import NOW, add_rows
from inbox_app.channel_setup import register_channels
from inbox_app.channels.inbound import PHONE
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.domain.people import search_terms
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import (
    Accommodation,
    Actor,
    ActorPhone,
    ActorTerm,
    Address,
    AddressAlias,
    Conversation,
    Message,
    Reservation,
    ReservationGuest,
)
from inbox_app.models.base import Table
from inbox_app.operating.migrations import migrate
from inbox_app.queries.inbox.list.list_span import PAGE
from inbox_app.queries.people.actor_list import ActorFilter, ActorPlace, ActorView, rows, stretch
from inbox_app.queries.people.actor_search import actors_found
from inbox_app.queries.people.candidates import candidates_found, suggestions
from tests.support.factories import make_account

FEW, MANY, ROUNDS = 1_000, 120_000, 60
FIRST = [
    "Anna", "Marco", "Lucía", "Jürgen", "Chloé", "Ada", "Søren", "Zoë", "Giulia", "Piotr", "Émile",
    "Noor", "Ivan", "Rosa", "Hans",
]  # fmt: skip
LAST = [
    "Rossi", "Lefèvre", "Müller", "García", "Novák", "Bianchi", "O’Neill", "Dubois", "Šimić",
    "Costa", "Weiß", "Hansen",
]  # fmt: skip
SEARCHES = {
    "rare": "rossi7", "common": "rossi", "absent": "xyzzy", "two letters": "ma",
    "accented": "lefèvre cl", "two words": "an ro", "number": "+39 340 001", "last digits": "4242",
    "code": "cb-4242", "address": "anna.rossi7",
}  # fmt: skip
PAGES = [(filter_, after) for filter_ in ActorFilter for after in ("", "m", "zz")]
Asking = Callable[[AsyncSession, int, int], Awaitable[Any]]


async def main(count: int, url: str) -> None:
    """Print the figures, of the migrated and empty database at `url`."""
    register_channels()
    database = Database(url)
    async with database.transaction() as session:
        few = await make_account(session, NOW, "Few")
        many = await make_account(session, NOW, "Many")
        await add_rows(session, _rows(few, FEW, 1))
        await add_rows(session, _rows(many, count, 1_000_000))
    asked: dict[str, Asking] = {"suggestions": lambda s, a, c: suggestions(s, a, c, NOW)}
    asked["everybody"] = lambda s, a, _: actors_found(s, a, "", limit=30)
    for filter_, after in PAGES:
        asked[f"page {filter_} {after}"] = partial(_page, filter_, after)
    for name, typed in SEARCHES.items():
        asked[name] = lambda s, a, c, typed=typed: candidates_found(s, a, c, typed, NOW)
    print(f"p95 of {ROUNDS} among {FEW} and {count} actors, {url.partition(':')[0]}")
    for name, ask in asked.items():
        small, large = await _in_turns(database, ask, (few, 1), (many, 1_000_000))
        print(f"{name:22} {small:6.2f} ms {large:6.2f} ms   ratio {large / small:.2f}")
    await database.close()


async def _page(
    filter_: ActorFilter, after: str, session: AsyncSession, account_id: int, _: int
) -> None:
    """A page of the list of actors, from the first whose name follows."""
    view = ActorView(account_id, filter_)
    found = await stretch(session, view, limit=PAGE, after=ActorPlace(after, 0))
    await rows(session, account_id, found)


async def _in_turns(database: Database, ask: Asking, *of: tuple[int, int]) -> tuple[float, ...]:
    took: dict[tuple[int, int], list[float]] = {each: [] for each in of}
    for _ in range(ROUNDS):
        for account_id, conversation_id in of:
            began = time.perf_counter()
            async with database.reading() as session:
                await ask(session, account_id, conversation_id)
            took[account_id, conversation_id].append((time.perf_counter() - began) * 1000)
    return tuple(quantiles(each, n=20)[-1] for each in took.values())


def _rows(account_id: int, count: int, first: int) -> dict[type[Table], list[dict[str, Any]]]:
    chance = random.Random(7)  # noqa: S311 - the same each time, not a secret
    tables = (
        Accommodation, Actor, ActorPhone, ActorTerm, Reservation, ReservationGuest, Address,
        AddressAlias, Conversation, Message,
    )  # fmt: skip
    rows: dict[type[Table], list[dict[str, Any]]] = {table: [] for table in tables}
    ours = {"account_id": account_id}
    home = {**ours, "id": first, "name": "Trullo", "timezone": "Europe/Rome", "created_at": NOW}
    rows[Accommodation].append(home)
    for table, row in _people(first, count, chance):
        rows[table].append({**ours, **row})
    for table, row in _sender(first):
        rows[table].append({**ours, **row})
    return rows


def _people(
    first: int, count: int, chance: random.Random
) -> Iterable[tuple[type[Table], dict[str, Any]]]:
    for number in range(count):
        id_, digits = first + number, f"39340{number:07}"
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}{number // 100}"
        email = f"{name.replace(' ', '.')}@example.com"
        kind = ActorKind.GUEST if number % 100 else ActorKind.SUPPLIER
        actor = {"id": id_, "kind": kind, "name": name, "email": email, "created_at": NOW}
        yield Actor, actor
        phone = {"id": id_, "actor_id": id_, "raw": f"+{digits}", "e164": f"+{digits}"}
        yield ActorPhone, {**phone, "position": 0, "match_key": digits, "whatsapp": False}
        for term in search_terms.terms(name, email, [(digits, digits)]):
            yield ActorTerm, {"term": term, "actor_id": id_}
        if number % 5 < 2:
            yield from _stay(id_, number, first, chance)


def _stay(
    id_: int, number: int, home: int, chance: random.Random
) -> Iterable[tuple[type[Table], dict[str, Any]]]:
    day = NOW.date() + timedelta(days=chance.randrange(-365, 365))
    stay = {"id": id_, "code": f"CB-{number}", "accommodation_id": home, "created_at": NOW}
    dates = {"check_in": day, "check_out": day + timedelta(days=chance.randrange(1, 15))}
    yield Reservation, {**stay, **dates, "status": ReservationStatus.CONFIRMED}
    yield ReservationGuest, {"id": id_, "reservation_id": id_, "actor_id": id_, "position": 0}


def _sender(first: int) -> Iterable[tuple[type[Table], dict[str, Any]]]:
    """Called as many are, from a number that nobody has, with a code that somebody has."""
    of = {"id": first, "channel": WHATSAPP}
    at = {"created_at": NOW}
    yield Address, {**of, **at, "value": "393990000001", "profile_name": "Anna Rossi7"}
    yield AddressAlias, {**of, "address_id": first, "kind": PHONE, "value": "393990000001"}
    yield Conversation, {**of, **at, "address_id": first, "arrived_at": NOW}
    said = {"direction": Direction.IN, "kind": MessageKind.TEXT, "text": "prenotazione CB-421"}
    yield Message, {"id": first, **at, **said, "conversation_id": first, "sent_at": NOW}


if __name__ == "__main__":
    how_many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    with tempfile.TemporaryDirectory() as folder:
        place = sys.argv[2] if len(sys.argv) > 2 else f"sqlite+aiosqlite:///{Path(folder)}/b.db"
        migrate(place)
        asyncio.run(main(how_many, place))
