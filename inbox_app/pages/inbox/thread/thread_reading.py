"""What the open thread shows, read once for all tabs that look at the same."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.sending import Decision
from inbox_app.models import Role
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox import thread
from inbox_app.queries.inbox.rows import FootRow, MessageRow, StayRow
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.inbox.stay import stays_of
from inbox_app.queries.inbox.thread import Span
from inbox_app.queries.inbox.thread_header import Head, draft, foot, head, moved_to

_MOST_UNREAD = 500
"""A burst further back than this is opened at its end."""
_BEFORE_UNREAD = 10
"""Messages that were read and stand above, so that one sees what it goes on from."""


class ThreadQuery(NamedTuple):
    """The part of a thread from a place on. Without a span: its newest messages."""

    conversation_id: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ThreadView:
    """The centre and the right panel, for one person."""

    query: ThreadQuery
    head: Head
    messages: list[MessageRow]
    foot: FootRow
    draft: str
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
    head: Head
    messages: list[MessageRow]
    decision: Decision
    stays: list[StayRow]


class ThreadReading:
    """One moment of the threads of the account that ``who`` is of."""

    def __init__(self, session: AsyncSession, who: SignedIn, now: datetime) -> None:
        self._session, self._account_id, self._now = session, who.account_id, now
        self._time_zone = who.time_zone
        self._found: dict[ThreadQuery, _Shared | Missing] = {}

    async def see(self, who: SignedIn, query: ThreadQuery) -> ThreadView | Missing:
        """The thread as this person sees it."""
        if query not in self._found:
            self._found[query] = await self._read(query)
        found = self._found[query]
        if isinstance(found, Missing):
            return found
        return ThreadView(
            query=found.query,
            head=found.head,
            messages=found.messages,
            foot=foot(found.decision, found.messages, may_connect=who.role is Role.ADMIN),
            draft=await draft(self._session, who.account_id, who.user_id, query.conversation_id),
            stays=found.stays,
        )

    async def longer(self, query: ThreadQuery) -> ThreadQuery:
        """The same thread from one page earlier on."""
        if query.span is None:
            return query
        earlier = await thread.span(
            self._session, self._account_id, query.conversation_id, before=query.span.start
        )
        return query._replace(span=earlier)

    async def _read(self, query: ThreadQuery) -> _Shared | Missing:
        id_ = query.conversation_id
        found = await head(self._session, self._account_id, id_)
        if found is None:
            return Missing(await moved_to(self._session, self._account_id, id_))
        span = query.span or await self._newest(id_, found)
        facts = await load_facts(self._session, self._account_id, [id_], self._now)
        return _Shared(
            query=query._replace(span=span),
            head=found,
            messages=await self._messages(id_, span),
            decision=channel_of(facts[id_].channel).decide(facts[id_]),
            stays=await stays_of(self._session, self._account_id, id_, self._now),
        )

    async def _newest(self, id_: int, head: Head) -> Span:
        """Far enough back for the first unread message, if that is not too far."""
        of = (self._session, self._account_id, id_)
        newest = await thread.span(*of)
        if not head.unread:
            return newest
        first = await thread.unread_from(*of, head.last_read_id, within=_MOST_UNREAD)
        if first is None:
            return newest
        before = await thread.span(*of, before=first, limit=_BEFORE_UNREAD)
        return min(newest, before)

    async def _messages(self, id_: int, span: Span) -> list[MessageRow]:
        return await thread.since(self._session, self._account_id, id_, span.start, self._time_zone)
