"""Noticing numbers that `bin/inbox` connects or disconnects: it is another process."""

from collections.abc import Awaitable, Callable

from sqlmodel import select

from inbox_app.live import Change
from inbox_app.models import Connection
from inbox_app.runtime import Runtime

_Seen = frozenset[tuple[int, int, str]]
"""Of each connection: the account, its id, and the state it is in."""


def publish_connections() -> Callable[[Runtime], Awaitable[None]]:
    """A job that tells open pages of the connections that have changed since its last run; at its
    first, of all: one may have come between the page and the job."""
    seen: _Seen = frozenset()

    async def look(runtime: Runtime) -> None:
        nonlocal seen
        before, seen = seen, await _connections(runtime)
        for account_id in {account_id for account_id, _, _ in before ^ seen}:
            runtime.live.publish(Change(account_id))

    return look


async def _connections(runtime: Runtime) -> _Seen:
    query = select(Connection.account_id, Connection.id, Connection.state)
    async with runtime.database.reading() as session:
        return frozenset(
            (account, id_, str(state)) for account, id_, state in await session.exec(query)
        )
