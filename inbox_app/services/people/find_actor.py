"""Which actors have a number (A1, A2)."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.models import Actor, ActorPhone
from inbox_app.services.bulk import select_in

Number = tuple[int, str]
"""An account and ``phones.canonical`` of a number."""


async def only_actors(
    connection: AsyncConnection, numbers: Collection[Number]
) -> dict[Number, int]:
    """The actor of each number that exactly one has; several are suggested, never guessed (A2).

    Write down first what is new, actor or number: who writes the other at the same time waits
    here, and sees it.
    """
    await _take_turns(connection, numbers)
    having: dict[Number, set[int]] = defaultdict(set)
    for row in await select_in(
        connection,
        _PHONES.where(col(ActorPhone.account_id).in_({account for account, _ in numbers})),
        col(ActorPhone.match_key),
        {key for _, key in numbers},
    ):
        having[row.account_id, row.match_key].add(row.actor_id)
    return {
        number: next(iter(ids))
        for number, ids in having.items()
        if len(ids) == 1 and number in numbers
    }


_PHONES = (
    select(col(ActorPhone.account_id), col(ActorPhone.match_key), col(ActorPhone.actor_id))
    .join(Actor, col(Actor.id) == col(ActorPhone.actor_id))
    .where(col(Actor.archived_at).is_(None))
)


async def _take_turns(connection: AsyncConnection, numbers: Collection[Number]) -> None:
    """Until the end of the transaction; SQLite has one writer anyway."""
    if numbers and connection.dialect.name == "postgresql":
        keys = [f"number {account_id} {key}" for account_id, key in numbers]
        await connection.execute(_LOCK, {"keys": keys})


_LOCK = text(
    "SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended(key, 0) AS hash"
    " FROM unnest(CAST(:keys AS text[])) AS key ORDER BY 1) AS in_one_order"
)
