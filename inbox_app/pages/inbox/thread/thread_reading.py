"""What the open thread shows, read once for all tabs that look at the same."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.base import Channel
from inbox_app.channels.registry import channel_of
from inbox_app.domain.sending import Decision
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox.list.mentions import unseen_in
from inbox_app.queries.inbox.list.unseen import NotSeen, not_read_yet
from inbox_app.queries.inbox.rows import FootRow, StayRow
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.inbox.stay import stays_of
from inbox_app.queries.inbox.uploads import attached
from inbox_app.queries.inbox.waiting_sends import waiting_sends
from inbox_app.queries.notifications.standing import awaits
from inbox_app.queries.thread import thread
from inbox_app.queries.thread.held_sends import with_held
from inbox_app.queries.thread.rows import MessageRow, ThreadHeader, WaitingSendRow
from inbox_app.queries.thread.thread import Place
from inbox_app.queries.thread.thread_header import draft, foot, head, moved_to
from inbox_app.queries.thread.thread_span import Span, Thread

_UNREAD_WITHIN = (100, 2_000)
"""Most often the first look finds it. A burst further back is opened at its end."""
_NOTHING, _ANYBODY = timedelta(), 0
_ABOVE = 10
"""Messages that stand above where one arrives, so that one sees what it goes on from."""


class ThreadQuery(NamedTuple):
    """The part of a thread from a place on. Without a span: its newest messages."""

    conversation_id: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ThreadView:
    """The centre and the right panel, for one person."""

    query: ThreadQuery
    header: ThreadHeader
    not_read: NotSeen
    """What waits for this person."""
    messages: list[MessageRow]
    foot: FootRow
    draft: str
    attached: list[str]
    """The refs of the files beside the draft."""
    awaited: bool
    """Whether a mention of this person, or what they alone were told, waits to be seen."""
    waiting: list[WaitingSendRow]
    stays: list[StayRow]


@dataclass(frozen=True, slots=True)
class Missing:
    """The account has no such conversation, or not any more."""

    moved_to: str = ""
    """The id of the one in which it goes on."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What is the same for everybody."""

    query: ThreadQuery
    header: ThreadHeader
    messages: list[MessageRow]
    channel: Channel
    decision: Decision
    waiting: list[WaitingSendRow]
    stays: list[StayRow]


class ThreadReading:
    """One moment of the threads of the account that ``who`` is of; ``ahead`` as the clock says."""

    def __init__(
        self, session: AsyncSession, who: SignedIn, now: datetime, ahead: timedelta = _NOTHING
    ) -> None:
        self._session, self._account_id = session, who.account_id
        self._now, self._ahead = now, ahead
        self._time_zone = who.time_zone
        self._found: dict[tuple[ThreadQuery, int], _Shared | Missing] = {}

    async def read(self, who: SignedIn, query: ThreadQuery) -> ThreadView | Missing:
        """The thread as this person sees it."""
        of = (self._session, who.account_id, who.user_id, query.conversation_id)
        not_read = await not_read_yet(*of)
        key = query, who.user_id if query.span is None else _ANYBODY
        if key not in self._found:
            self._found[key] = await self._read(query, not_read)
        found = self._found[key]
        if isinstance(found, Missing):
            return found
        return ThreadView(
            query=found.query,
            header=found.header,
            not_read=not_read,
            messages=found.messages,
            foot=foot(
                found.channel,
                found.decision,
                found.messages,
                may_connect=who.role is Role.ADMIN,
            ),
            draft=await draft(*of),
            attached=await attached(*of),
            awaited=bool(await unseen_in(*of[:3], [query.conversation_id])) or await awaits(*of),
            waiting=found.waiting,
            stays=found.stays,
        )

    async def newest(self, query: ThreadQuery) -> tuple[ThreadQuery, str]:
        """The end of the same thread."""
        return query._replace(span=await self._thread(query).newest()), ""

    async def older(self, query: ThreadQuery) -> ThreadQuery:
        """The same thread a step further up."""
        return query._replace(span=query.span and await self._thread(query).older(query.span))

    async def newer(self, query: ThreadQuery) -> ThreadQuery:
        """The same thread a step further down."""
        return query._replace(span=query.span and await self._thread(query).newer(query.span))

    async def at_message(self, query: ThreadQuery, message_id: int) -> tuple[ThreadQuery, str]:
        """The thread where a message of it stands, and its id."""
        return await self._at(query, await self._thread(query).place_of(message_id))

    async def at_day(self, query: ThreadQuery, day: date) -> tuple[ThreadQuery, str]:
        """The thread from the first message of a day on, or the next day with any."""
        midnight = datetime.combine(day, time(), ZoneInfo(self._time_zone))
        return await self._at(query, await self._thread(query).first_since(midnight))

    async def first_unread(self, conversation_id: int, not_read: NotSeen) -> str:
        """Its id; "" when all is read, and when it is too far back."""
        place = await self._unread_from(conversation_id, not_read)
        return str(place.id) if place else ""

    async def _unread_from(self, conversation_id: int, not_read: NotSeen) -> Place | None:
        if not not_read.messages:
            return None
        of = (self._session, self._account_id, conversation_id, not_read.up_to)
        for within in _UNREAD_WITHIN:
            if place := await thread.unread_from(*of, within=within):
                return place
        return None

    async def _at(self, query: ThreadQuery, place: Place | None) -> tuple[ThreadQuery, str]:
        if place is None:
            return query, ""
        span = await self._thread(query).around(place, before=_ABOVE)
        return query._replace(span=span), str(place.id)

    def _thread(self, query: ThreadQuery) -> Thread:
        return Thread(self._session, self._account_id, query.conversation_id)

    async def _read(self, query: ThreadQuery, not_read: NotSeen) -> _Shared | Missing:
        id_ = query.conversation_id
        found = await head(self._session, self._account_id, id_)
        if found is None:
            return Missing(await moved_to(self._session, self._account_id, id_))
        span = await self._span(query, not_read)
        facts = await load_facts(self._session, self._account_id, [id_], self._now)
        channel = channel_of(facts[id_].channel)
        stays = await stays_of(self._session, self._account_id, id_, self._now)
        local_tz = stays[0]["local_tz"] if stays else ""
        return _Shared(
            query=query._replace(span=span),
            header=found,
            messages=await self._messages(id_, span),
            channel=channel,
            decision=channel.decide(facts[id_]),
            waiting=await waiting_sends(self._session, self._account_id, id_, local_tz),
            stays=stays,
        )

    async def _span(self, query: ThreadQuery, not_read: NotSeen) -> Span:
        """At first the newest part, or that of the first unread message; then the same again."""
        whole = self._thread(query)
        if query.span is not None:
            return await whole.fitted(query.span)
        newest = await whole.newest()
        unread = await self._unread_from(query.conversation_id, not_read)
        if unread is None:
            return newest
        there = await whole.around(unread, before=_ABOVE)
        return there if there.start < newest.start else newest

    async def _messages(self, id_: int, span: Span) -> list[MessageRow]:
        of = (self._session, self._account_id, id_)
        rows = await thread.between(*of, span.start, span.end, self._time_zone)
        return await with_held(*of, rows, self._now, self._ahead)
