"""The centre panel's state: the conversation of the address, kept up to date by the hub."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.stay.stay_state import StayState
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
from inbox_app.queries.inbox.rows import FootRow, MessageRow, ThreadHeader
from inbox_app.queries.inbox.thread import PAGE, first_unread, is_answered, parted, with_divider
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.read_conversation import mark_read

_ADDRESS = re.compile(r"/inbox/([^/]+)/?")

NOBODY = ThreadHeader(
    id="",
    channel="",
    channel_name="",
    can_block=False,
    name="",
    name_is_number=False,
    initials="",
    kind="unknown",
    profile_name="",
    phone="",
    reservation_code="",
    has_address=False,
    group=False,
    blocked=False,
    marketing_stopped=False,
    language="",
)
NO_FOOT = FootRow(
    control="",
    reason="",
    window="none",
    formats=[],
    closes_at=0,
    closed_at=0,
    template_sent_at=0,
    may_connect=False,
    proposal="",
    phones=[],
    retry="",
    may_retry=[],
)


class ThreadState(rx.State):
    """Display rows only. ``older`` was scrolled to, and stands apart from ``messages`` so as not to
    be sent with each new one."""

    header: rx.Field[ThreadHeader] = rx.field(default_factory=NOBODY.copy)
    missing: rx.Field[bool] = rx.field(False)
    moved: rx.Field[str] = rx.field("")
    """The id of the conversation in which a missing one goes on."""
    older: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    messages: rx.Field[list[MessageRow]] = rx.field(default_factory=list)
    has_older: rx.Field[bool] = rx.field(False)
    unread: rx.Field[int] = rx.field(0)
    foot: rx.Field[FootRow] = rx.field(default_factory=NO_FOOT.copy)
    _query: ThreadQuery | None = None
    _newest_part: str = ""
    """The id that ``messages`` began with."""
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
        elif self._query is not None and self._query.conversation_id == id_:
            await self._read(who, self._query, arriving=True)
        else:
            self._leave()
            await self._read(who, ThreadQuery(id_), arriving=True)

    @rx.event
    async def load_older(self) -> None:
        """One page further back."""
        who = await signed_in(self)
        if who is None or self._query is None or not self.has_older:
            return
        async with current_runtime().database.reading() as session:
            query = await ThreadReading(session, who, clock.now()).longer(self._query)
        await self._read(who, query)

    @rx.event
    async def mark_read(self) -> None:
        """All that this tab shows has been seen."""
        who = await signed_in(self)
        if who is None or self._query is None or not self.messages:
            return
        async with current_runtime().database.transaction() as session:
            changed = await mark_read(
                session,
                account_id=who.account_id,
                conversation_id=self._query.conversation_id,
                up_to=max(int(row["id"]) for row in (*self.older, *self.messages)),
            )
        if changed:
            current_runtime().live.publish(Change(who.account_id, self._query.conversation_id))

    @rx.event
    async def window_expired(self) -> None:
        """The countdown says so; our clock decides."""
        who = await signed_in(self)
        if who is not None and self._query is not None:
            await self._read(who, self._query)

    async def _read(self, who: SignedIn, query: ThreadQuery, *, arriving: bool = False) -> None:
        token = self.router.session.client_token
        live_tabs.current().subscribe(Subscription(token, who, refresh, query))
        async with current_runtime().database.reading() as session:
            seen = await ThreadReading(session, who, clock.now()).see(who, query)
        if not isinstance(seen, Missing):
            live_tabs.current().subscribe(Subscription(token, who, refresh, seen.query))
            if arriving and seen.head.unread:
                self._divider = first_unread(
                    seen.messages, seen.head.last_read_id, seen.head.unread
                )
        await self._show(seen)

    async def _show(self, seen: ThreadView | Missing) -> None:
        if isinstance(seen, Missing):
            self._leave(missing=True, moved=seen.moved_to)
            return
        if self._query is None:
            self._newest_part = seen.messages[-PAGE:][0]["id"] if seen.messages else ""
        same_person = self._query is not None
        self._query = seen.query
        if self._divider and is_answered(seen.messages, self._divider):
            self._divider = ""
        rows = with_divider(seen.messages, self._divider)
        older, messages = parted(rows, self._newest_part)
        set_changed(
            self,
            header=seen.head.header,
            missing=False,
            older=older,
            messages=messages,
            has_older=seen.query.span is not None and seen.query.span.has_older,
            unread=seen.head.unread,
            foot=seen.foot,
        )
        (await self.get_state(ComposerState))._show(seen.draft)
        (await self.get_state(StayState))._show(seen.stays, same_person=same_person)

    def _leave(self, *, missing: bool = False, moved: str = "") -> None:
        live_tabs.current().unsubscribe(self.router.session.client_token, refresh)
        self._query, self._divider = None, ""
        nothing = {"older": [], "messages": [], "has_older": False, "unread": 0}
        set_changed(self, header=NOBODY, foot=NO_FOOT, missing=missing, moved=moved, **nothing)


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
        reading = ThreadReading(session, concerned[0].who, clock.now())
        return {
            subscription.token: partial(
                _bring, await reading.see(subscription.who, subscription.query)
            )
            for subscription in concerned
        }


async def _bring(seen: ThreadView | Missing, state: rx.State) -> None:
    await (await state.get_state(ThreadState))._show(seen)
