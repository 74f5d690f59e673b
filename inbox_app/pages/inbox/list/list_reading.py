"""What the left panel shows, read once for all tabs that look at the same."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import ConnectionState
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox import conversation_list, expiring_windows
from inbox_app.queries.inbox.conversation_list import View
from inbox_app.queries.inbox.conversation_rows import drafts, with_drafts
from inbox_app.queries.inbox.counts import counts
from inbox_app.queries.inbox.expiring_windows import Waiting
from inbox_app.queries.inbox.rows import ConversationRow, ListCounts, WaitingRow
from inbox_app.queries.inbox.send_facts import active_connections

_REFUSED = ConnectionState.CREDENTIALS_REFUSED
_ALERTS = 3
"""At once: more would push the list away, and «In scadenza» shows them all."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """The first ``limit`` conversations of a view."""

    view: View
    limit: int


@dataclass(frozen=True, slots=True)
class ListView:
    """The rows, and what stands around them."""

    rows: list[ConversationRow]
    has_more: bool
    counts: ListCounts
    connected: bool
    refused: bool
    """Meta no longer accepts the credentials."""
    waiting: list[WaitingRow]
    """Whom this person should answer within the hour, the most urgent first."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the rows of every view."""

    counts: ListCounts
    connected: bool
    refused: bool
    waiting: list[Waiting]


class ListReading:
    """One moment of an account's list."""

    def __init__(self, session: AsyncSession, account_id: int, now: datetime) -> None:
        self._session, self._account_id, self._now = session, account_id, now
        self._rows: dict[ListQuery, list[ConversationRow]] = {}
        self._around: _Around | None = None

    async def read(self, who: SignedIn, query: ListQuery) -> ListView:
        """The list as this person sees it: with their own drafts."""
        rows = await self._rows_of(query)
        begun = await drafts(
            self._session, who.account_id, who.user_id, [row["id"] for row in rows]
        )
        around = await self._what_stands_around()
        return ListView(
            rows=with_drafts(rows[: query.limit], begun),
            has_more=len(rows) > query.limit,
            counts=around.counts,
            connected=around.connected,
            refused=around.refused,
            waiting=[each.row for each in around.waiting if each.concerns(who.user_id)][:_ALERTS],
        )

    async def _rows_of(self, query: ListQuery) -> list[ConversationRow]:
        if query not in self._rows:
            self._rows[query] = await conversation_list.page(
                self._session, query.view, self._now, limit=query.limit + 1
            )
        return self._rows[query]

    async def _what_stands_around(self) -> _Around:
        if self._around is None:
            connections = await active_connections(self._session, self._account_id)
            self._around = _Around(
                counts=await counts(self._session, self._account_id, self._now),
                connected=bool(connections),
                refused=any(connection.state is _REFUSED for connection in connections),
                waiting=await expiring_windows.waiting(self._session, self._account_id, self._now),
            )
        return self._around
