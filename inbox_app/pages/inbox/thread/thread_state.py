"""The centre panel's state: the conversation of the address, kept up to date by the hub."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, Literal

import reflex as rx
from reflex.event import EventSpec
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.thread.no_thread import AT_UNREAD, NO_FOOT, NOBODY
from inbox_app.pages.inbox.thread.thread_reading import (
    Missing,
    ThreadQuery,
    ThreadReading,
    ThreadView,
)
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.inbox.rows import FootRow
from inbox_app.queries.thread.rows import LandingRow, MessageRow, ThreadHeader, WaitingSendRow
from inbox_app.queries.thread.thread import is_answered, newest_down_to, position, with_divider
from inbox_app.queries.thread.thread_span import PAGE
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.workflows.tell_reading import tell_reading

_ADDRESS = re.compile(r"/inbox/([^/]+)/?")

Place = Literal["message", "day", "end"]
Step = Callable[[ThreadReading, ThreadQuery], Awaitable[ThreadQuery]]
Finding = Callable[[ThreadReading, ThreadQuery], Awaitable[tuple[ThreadQuery, str]]]
"""Answers the part of the thread and the message to arrive at."""


class ThreadState(rx.State):
    """Display rows only, never more than a page holds. ``older`` was scrolled to, and stands apart
    from ``messages`` so as not to be sent with each new one."""

    header: rx.Field[ThreadHeader] = rx.field(default_factory=NOBODY.copy)
    missing: rx.Field[bool] = rx.field(False)
    moved: rx.Field[str] = rx.field("")
    """The id of the conversation in which a missing one goes on."""
    older: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    messages: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    waiting: rx.Field[list[WaitingSendRow]] = rx.field(default_factory=list)
    """What waits for its time or for an answer."""
    has_older: rx.Field[bool] = rx.field(False)
    has_newer: rx.Field[bool] = rx.field(False)
    landing: rx.Field[LandingRow] = rx.field(default_factory=AT_UNREAD.copy)
    unread: rx.Field[int] = rx.field(0)
    foot: rx.Field[FootRow] = rx.field(default_factory=NO_FOOT.copy)
    awaited: rx.Field[bool] = rx.field(False)
    """Whether a mention of the person waits to be seen."""
    _query: ThreadQuery | None = None
    _parting: tuple[int, int] | None = None
    """The position that ``messages`` began with."""
    _linked: int | None = None
    """The message of the address, once one has been brought to it."""
    _divider: str = ""
    """The id of the first message that was unread when the person came, until it is answered."""

    @rx.event
    async def load(self) -> None:
        """Show the conversation of the address; come back to the same, one finds all of it."""
        who = await signed_in(self)
        if who is None:
            return
        address = _ADDRESS.fullmatch(self.router.url.path)
        id_ = untrusted.row_id(address[1]) if address else None
        if id_ is None:
            self._leave(missing=address is not None)
            return
        if self._query is not None and self._query.conversation_id != id_:
            self._leave()
        query, message = self._query or ThreadQuery(id_), self._message_of_the_address()
        if message is None or message == self._linked:
            await self._read(who, query, arriving=True)
        else:
            await self._go_to(who, query, message)

    def _message_of_the_address(self) -> int | None:
        return untrusted.row_id(self.router.url.query_parameters.get("m", ""))

    @rx.event
    async def load_older(self) -> None:
        """A step further up."""
        if self.has_older:
            await self._step(ThreadReading.older)

    @rx.event
    async def load_newer(self) -> None:
        """A step further down."""
        if self.has_newer:
            await self._step(ThreadReading.newer)

    @rx.event
    async def go_to_newest(self) -> None:
        """The end of the thread, from wherever one is."""
        who = await signed_in(self)
        if who is not None and self._query is not None:
            await self._go(who, self._query, "end", ThreadReading.newest)

    @rx.event
    async def go_to_message(self, message: str) -> None:
        """Where a message of the thread stands, however often one goes there."""
        who, id_ = await signed_in(self), untrusted.row_id(message)
        if who is not None and self._query is not None and id_ is not None:
            await self._go_to(who, self._query, id_)

    @rx.event
    async def go_to_day(self, form: dict[str, Any]) -> None:
        """The first message of the day given, or of the next with any."""
        day = untrusted.day(untrusted.form_field(form, "day", 10))
        who = await signed_in(self)
        if who is not None and self._query is not None and day is not None:
            await self._go(who, self._query, "day", partial(ThreadReading.at_day, day=day))

    @rx.event
    async def mark_read(self, thread: str, last: str) -> object:
        """What stands here down to the message ``last`` has been seen: more may have come, or the
        tab may have shown the thread from memory."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        up_to = newest_down_to([*self.older, *self.messages], last)
        if who is None or up_to is None or self._query is None:
            return None
        if self._query.conversation_id != id_:
            return None
        async with current_runtime().database.transaction() as session:
            read = await mark_read(
                session,
                account_id=who.account_id,
                user_id=who.user_id,
                conversation_id=self._query.conversation_id,
                up_to=up_to,
            )
        if read.changed:
            current_runtime().live.publish(Change(who.account_id, self._query.conversation_id))
        return ThreadState.tell_reading if read.first else None

    @rx.event(background=True)
    async def tell_reading(self) -> None:
        """To whom it is with, where the account wants that: meanwhile the tab is free (M12)."""
        async with self:
            who, query = await signed_in(self), self._query
        if who is not None and query is not None:
            await tell_reading(current_runtime(), who.account_id, query.conversation_id)

    @rx.event
    async def window_expired(self) -> None:
        """The countdown says so; our clock decides."""
        who = await signed_in(self)
        if who is not None and self._query is not None:
            await self._read(who, self._query)

    def _leave_one_of(self, ids: Collection[int]) -> EventSpec | None:
        """Where the open one is among them."""
        if self._query is None or self._query.conversation_id not in ids:
            return None
        self._leave()
        return rx.redirect("/")

    async def _step(self, step: Step) -> None:
        who = await signed_in(self)
        if who is None or self._query is None:
            return
        async with current_runtime().database.reading() as session:
            query = await step(_reading(session, who), self._query)
        await self._read(who, query)

    async def _go_to(self, who: SignedIn, query: ThreadQuery, message: int) -> None:
        self._linked = message
        there = partial(ThreadReading.at_message, message_id=message)
        await self._go(who, query, "message", there)

    async def _go(self, who: SignedIn, query: ThreadQuery, place: Place, finding: Finding) -> None:
        """Where nothing is found one stays."""
        async with current_runtime().database.reading() as session:
            query, message = await finding(_reading(session, who), query)
        if message or place == "end":
            count = self.landing["count"] + 1
            self.landing = LandingRow(place=place, message=message, count=count)
            self._parting = None
        await self._read(who, query, arriving=True)

    async def _read(self, who: SignedIn, query: ThreadQuery, *, arriving: bool = False) -> None:
        token = self.router.session.client_token
        live_tabs.current().subscribe(Subscription(token, who, refresh, query))
        async with current_runtime().database.reading() as session:
            reading = _reading(session, who)
            seen = await reading.read(who, query)
            if arriving and not isinstance(seen, Missing) and seen.not_read.messages:
                self._divider = await reading.first_unread(query.conversation_id, seen.not_read)
        if not isinstance(seen, Missing):
            live_tabs.current().subscribe(Subscription(token, who, refresh, seen.query))
        await self._show(seen)

    async def _show(self, seen: ThreadView | Missing) -> None:
        if isinstance(seen, Missing):
            self._leave(missing=True, moved=seen.moved_to)
            return
        if self._parting is None and seen.messages:
            self._parting = position(seen.messages[-PAGE:][0])
        same_person = self._query is not None
        self._query = seen.query
        if self._divider and is_answered(seen.messages, self._divider):
            self._divider = ""
        rows = with_divider(seen.messages, self._divider)
        older = [row for row in rows if self._parting and position(row) < self._parting]
        set_changed(
            self,
            header=seen.header,
            missing=False,
            older=older,
            messages=rows[len(older) :],
            waiting=seen.waiting,
            has_older=seen.query.span is not None and seen.query.span.has_older,
            has_newer=seen.query.span is not None and seen.query.span.end is not None,
            unread=seen.not_read.messages,
            foot=seen.foot,
            awaited=seen.awaited,
        )
        (await self.get_state(ComposerState))._show(seen.draft, seen.attached)
        (await self.get_state(StayState))._show(seen.stays, same_person=same_person)

    def _leave(self, *, missing: bool = False, moved: str = "") -> None:
        live_tabs.current().unsubscribe(self.router.session.client_token, refresh)
        self._query, self._divider, self._parting, self._linked = None, "", None, None
        # Counted too: the page may show the thread from its memory before it is brought, and lands
        # when it is.
        at_unread = {**AT_UNREAD, "count": self.landing["count"] + 1}
        nothing = {"older": [], "messages": [], "waiting": [], "unread": 0}
        nothing |= {"has_older": False, "has_newer": False, "awaited": False}
        set_changed(self, header=NOBODY, foot=NO_FOOT, missing=missing, moved=moved, **nothing)
        set_changed(self, landing=at_unread)


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The threads of those tabs that have one open of which something changed."""
    concerned = [
        subscription
        for subscription in subscriptions
        if changed.concerns(subscription.query.conversation_id)
    ]
    if not concerned:
        return {}
    async with current_runtime().database.reading() as session:
        reading = _reading(session, concerned[0].who)
        return {
            subscription.token: partial(
                _bring, await reading.read(subscription.who, subscription.query)
            )
            for subscription in concerned
        }


async def _bring(seen: ThreadView | Missing, state: rx.State) -> None:
    await (await state.get_state(ThreadState))._show(seen)


def _reading(session: AsyncSession, who: SignedIn) -> ThreadReading:
    return ThreadReading(session, who, clock.now(), clock.ahead())
