"""What the left panel shows, read once for all tabs that look at the same: the lists of one person
are one object, which nobody changes."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import ConnectionState
from inbox_app.queries.accounts.colleagues import colleagues
from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox import expiring_windows
from inbox_app.queries.inbox.expiring_windows import Waiting
from inbox_app.queries.inbox.list import conversation_list, list_span
from inbox_app.queries.inbox.list.conversation_rows import drafts, seen_by
from inbox_app.queries.inbox.list.counts import Pressing, pressing, unread_by
from inbox_app.queries.inbox.list.list_span import TOP, Span
from inbox_app.queries.inbox.list.mentions import unseen_in
from inbox_app.queries.inbox.list.unseen import unseen_by
from inbox_app.queries.inbox.list.view import View
from inbox_app.queries.inbox.rows import ConversationRow, ListCounts, TopRow, WaitingRow
from inbox_app.queries.inbox.send_facts import active_connections
from inbox_app.queries.labels.labels import labels, saved_views
from inbox_app.queries.labels.rows import LabelRow, SavedViewRow

_REFUSED = ConnectionState.CREDENTIALS_REFUSED
NO_TOP = TopRow(id="", name="", last_at=0, unread=0)
_ALERTS = 3
"""At once: more would push the list away, and «In scadenza» shows them all."""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A part of a view."""

    view: View
    span: Span = TOP


@dataclass(frozen=True, slots=True)
class ListView:
    """The rows, and what stands around them."""

    span: Span
    rows: list[ConversationRow]
    has_earlier: bool
    has_later: bool
    top: TopRow
    counts: ListCounts
    connected: bool
    refused: bool
    """Meta no longer accepts the credentials."""
    labels: list[LabelRow]
    """The account's."""
    people: list[ColleagueRow]
    """To whom it can be assigned."""
    views: list[SavedViewRow]
    """The person's."""
    waiting: list[WaitingRow]
    """Whom this person should answer within the hour, the most urgent first."""


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around the rows of every view."""

    pressing: Pressing
    connected: bool
    refused: bool
    labels: list[LabelRow]
    people: list[ColleagueRow]
    waiting: list[Waiting]


def _begins(query: ListQuery, view: View) -> bool:
    return query.view == view and query.span.above is None


def _top_of(rows: list[ConversationRow]) -> TopRow:
    if not rows:
        return NO_TOP
    top = rows[0]
    return TopRow(id=top["id"], name=top["name"], last_at=top["last_at"], unread=top["unread"])


class ListReading:
    """One moment of an account's list."""

    def __init__(self, session: AsyncSession, account_id: int, now: datetime) -> None:
        self._session, self._account_id, self._now = session, account_id, now
        self._stretches: dict[ListQuery, list[ConversationRow]] = {}
        self._read: dict[tuple[ListQuery, int], ListView] = {}
        self._views: dict[int, list[SavedViewRow]] = {}
        self._unread: dict[int, int] = {}
        self._around: _Around | None = None

    async def read(self, who: SignedIn, query: ListQuery) -> ListView:
        """The list as this person sees it: with their own drafts. Where nothing is left of the part
        that is asked for, its beginning."""
        key = query, who.user_id
        if (seen := self._read.get(key)) is None:
            seen = self._read[key] = await self._view(who, query)
        return seen

    async def _view(self, who: SignedIn, query: ListQuery) -> ListView:
        stretch = await self._stretch(query)
        if not stretch and query.span.above:
            return await self.read(who, replace(query, span=TOP))
        rows, around = await self._seen_by(who, query), await self._what_stands_around()
        unread = await self._unread_of(who)
        return ListView(
            span=query.span,
            rows=rows,
            has_earlier=query.span.above is not None,
            has_later=len(stretch) > query.span.limit,
            top=await self._top(who, query, rows),
            counts=ListCounts(**around.pressing._asdict(), unread=unread),
            connected=around.connected,
            refused=around.refused,
            labels=around.labels,
            people=around.people,
            views=await self._views_of(who),
            waiting=[each.row for each in around.waiting if each.concerns(who.user_id)][:_ALERTS],
        )

    async def later(self, query: ListQuery) -> ListQuery:
        """A step down."""
        span = await list_span.later(self._session, query.view, self._now, query.span)
        return replace(query, span=span)

    async def earlier(self, query: ListQuery) -> ListQuery:
        """A step up."""
        span = await list_span.earlier(self._session, query.view, self._now, query.span)
        return replace(query, span=span)

    async def _seen_by(self, who: SignedIn, query: ListQuery) -> list[ConversationRow]:
        rows = (await self._stretch(query))[: query.span.limit]
        ids = [row["id"] for row in rows]
        begun = await drafts(self._session, self._account_id, who.user_id, ids)
        of = self._session, self._account_id, who.user_id
        numbers = [int(id_) for id_ in ids]
        mentioned, unseen = await unseen_in(*of, numbers), await unseen_by(*of, numbers)
        return seen_by(rows, begun, mentioned, unseen)

    async def _unread_of(self, who: SignedIn) -> int:
        if who.user_id not in self._unread:
            self._unread[who.user_id] = await unread_by(
                self._session, self._account_id, who.user_id
            )
        return self._unread[who.user_id]

    async def _views_of(self, who: SignedIn) -> list[SavedViewRow]:
        if who.user_id not in self._views:
            self._views[who.user_id] = await saved_views(
                self._session, self._account_id, who.user_id
            )
        return self._views[who.user_id]

    async def _stretch(self, query: ListQuery) -> list[ConversationRow]:
        """One more than is asked for tells whether it goes on."""
        if query not in self._stretches:
            above, limit = query.span
            self._stretches[query] = await conversation_list.page(
                self._session, query.view, self._now, limit=limit + 1, after=above
            )
        return self._stretches[query]

    async def _top(self, who: SignedIn, query: ListQuery, seen: list[ConversationRow]) -> TopRow:
        """``seen`` is what this person sees of the part that is asked for."""
        if query.span.above is None:
            return _top_of(seen)
        at_top = (rows for each, rows in self._stretches.items() if _begins(each, query.view))
        rows = next(at_top, None) or await self._stretch(ListQuery(query.view, Span(limit=1)))
        of = self._session, self._account_id, who.user_id
        unseen = await unseen_by(*of, [int(row["id"]) for row in rows[:1]])
        return _top_of(seen_by(rows[:1], {}, [], unseen))

    async def _what_stands_around(self) -> _Around:
        if self._around is None:
            connections = await active_connections(self._session, self._account_id)
            self._around = _Around(
                pressing=await pressing(self._session, self._account_id, self._now),
                connected=bool(connections),
                refused=any(connection.state is _REFUSED for connection in connections),
                labels=await labels(self._session, self._account_id),
                people=await colleagues(self._session, self._account_id),
                waiting=await expiring_windows.waiting(self._session, self._account_id, self._now),
            )
        return self._around
