"""The left panel's state: which conversations are shown, kept up to date by the hub."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app import clock
from inbox_app.domain.messages import clean_line
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.list import row_people
from inbox_app.pages.inbox.list.list_reading import NO_TOP, ListQuery, ListReading, ListView
from inbox_app.pages.inbox.list.search_state import SearchState
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.accounts.rows import ColleagueRow
from inbox_app.queries.inbox.list.list_span import TOP, Span
from inbox_app.queries.inbox.list.view import PERSONAL, Filter, View
from inbox_app.queries.inbox.rows import ConversationRow, ListCounts, TopRow, WaitingRow
from inbox_app.queries.labels.rows import LabelRow, SavedViewRow
from inbox_app.runtime import current_runtime
from inbox_app.web import millis

_LONGEST_SEARCH = 100
_NO_MATTER = 1.0
Step = Callable[[ListReading, ListQuery], Awaitable[ListQuery]]
NO_COUNTS = ListCounts(to_answer=0, unread=0, expiring=0)


class InboxState(rx.State):
    """Display rows only: the truth is in the database, and read again whenever in doubt."""

    ready: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[ConversationRow]] = rx.field(default_factory=list)
    """A part of the list that moves with whoever scrolls; never changed in place: other tabs may
    hold the same object."""
    has_earlier: rx.Field[bool] = rx.field(False)
    has_later: rx.Field[bool] = rx.field(False)
    top: rx.Field[TopRow] = rx.field(default_factory=NO_TOP.copy)
    counts: rx.Field[ListCounts] = rx.field(default_factory=NO_COUNTS.copy)
    filter: rx.Field[str] = rx.field(Filter.ALL.value)
    label: rx.Field[str] = rx.field("")
    """The id of the label that all of the list have, "" for whatever they have."""
    label_name: rx.Field[str] = rx.field("")
    search: rx.Field[str] = rx.field("")
    labels: rx.Field[list[LabelRow]] = rx.field(default_factory=list)
    people: rx.Field[list[ColleagueRow]] = rx.field(default_factory=list)
    """Those of the account, for whom a conversation can be."""
    views: rx.Field[list[SavedViewRow]] = rx.field(default_factory=list)
    waiting: rx.Field[list[WaitingRow]] = rx.field(default_factory=list)
    """Who waits for an answer in the last hour of the window, without those put away here."""
    connected: rx.Field[bool] = rx.field(True)
    refused: rx.Field[bool] = rx.field(False)
    """Meta no longer accepts the credentials."""
    sandbox: rx.Field[bool] = rx.field(False)
    may_connect: rx.Field[bool] = rx.field(False)
    server_now: rx.Field[int] = rx.field(0)
    """Epoch milliseconds of the domain's time when the tab came; the browser counts on."""
    _span: Span = TOP
    _dismissed: frozenset[tuple[str, int]] = frozenset()
    """The alerts that the person has closed in this tab: conversation and closing time."""
    _clock_offset: float = 0.0
    """How far the sandbox's clock was moved when ``server_now`` was told, in seconds."""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is None:
            return
        self.server_now = 0
        await self._read(who)
        set_changed(
            self,
            may_connect=who.role is Role.ADMIN,
            sandbox=current_runtime().settings.sandbox_mode,
            ready=True,
        )

    @rx.event
    async def set_filter(self, name: str) -> None:
        """Choose what the list shows; what is no filter's name is ignored."""
        who = await signed_in(self)
        if who is not None and name in tuple(Filter):
            self.filter, self.label = str(name), ""
            await self._read_from_top(who)

    @rx.event
    async def set_label(self, label: str) -> None:
        """Show what has this label; what is no label's id shows all."""
        who, id_ = await signed_in(self), untrusted.row_id(label)
        if who is not None:
            self.filter, self.label = Filter.ALL.value, str(id_ or "")
            await self._read_from_top(who)

    @rx.event
    async def open_view(self, view: str) -> None:
        """Show a list that was kept under a name."""
        who = await signed_in(self)
        chosen = next((each for each in self.views if each["id"] == view), None)
        if who is not None and chosen is not None:
            known = chosen["filter"] in tuple(Filter)
            self.filter = chosen["filter"] if known else Filter.ALL.value
            self.label, self.search = chosen["label"], chosen["search"]
            await self._read_from_top(who)

    @rx.event(supersedes=True)
    async def set_search(self, words: str) -> None:
        """Show what has to do with the words; the latest of several searches wins."""
        who = await signed_in(self)
        wanted = untrusted.text(words, _LONGEST_SEARCH)
        if who is not None and wanted is not None:
            self.search = clean_line(wanted)
            await self._read_from_top(who)

    @rx.event
    async def load_earlier(self) -> None:
        """A step further up."""
        if self.has_earlier:
            await self._step(ListReading.earlier)

    @rx.event
    async def load_later(self) -> None:
        """A step further down."""
        if self.has_later:
            await self._step(ListReading.later)

    @rx.event
    async def go_to_top(self) -> None:
        """The beginning of the list, from wherever one is."""
        who = await signed_in(self)
        if who is not None:
            self._span = TOP
            await self._read(who)

    @rx.event
    async def dismiss(self, conversation: str) -> None:
        """Show this alert no more: one for each window."""
        if await signed_in(self) is None:
            return
        closed = {(row["id"], row["closes_at"]) for row in self.waiting}
        self._dismissed |= {alert for alert in closed if alert[0] == conversation}
        self.waiting = self._not_dismissed(self.waiting)

    async def _read_from_top(self, who: SignedIn) -> None:
        self._span = TOP
        await self._read(who)
        await self._find_messages(who)

    async def _step(self, step: Step) -> None:
        who = await signed_in(self)
        if who is None:
            return
        async with current_runtime().database.reading() as session:
            reading = ListReading(session, who.account_id, clock.now())
            self._span = (await step(reading, self._query(who))).span
        await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        query = self._query(who)
        subscription = Subscription(self.router.session.client_token, who, refresh, query)
        live_tabs.current().subscribe(subscription)
        async with current_runtime().database.reading() as session:
            reading = ListReading(session, who.account_id, clock.now())
            seen = await reading.read(who, query)
        self._show(seen)
        await row_people.see(self, subscription, seen.rows)

    def _query(self, who: SignedIn) -> ListQuery:
        filter_ = Filter(self.filter)
        view = View(
            who.account_id,
            filter_,
            self.search,
            who.user_id if filter_ in PERSONAL else 0,
            in_messages=filter_ is not Filter.ALL or bool(self.label),
            label_id=int(self.label or 0),
        )
        return ListQuery(view, self._span)

    async def _find_messages(self, who: SignedIn) -> None:
        """Each by itself, where they are not sought among the conversations."""
        words = self.search if self.filter == Filter.ALL and not self.label else ""
        await (await self.get_state(SearchState)).find(who, words)

    def _show(self, seen: ListView) -> None:
        self._span = seen.span
        set_changed(
            self,
            rows=seen.rows,
            has_earlier=seen.has_earlier,
            has_later=seen.has_later,
            top=seen.top,
            counts=seen.counts,
            connected=seen.connected,
            refused=seen.refused,
            labels=seen.labels,
            people=seen.people,
            label_name=next((one["name"] for one in seen.labels if one["id"] == self.label), ""),
            views=seen.views,
            waiting=self._not_dismissed(seen.waiting),
        )
        self._tell_time()

    def _not_dismissed(self, waiting: Sequence[WaitingRow]) -> list[WaitingRow]:
        return [row for row in waiting if (row["id"], row["closes_at"]) not in self._dismissed]

    def _tell_time(self) -> None:
        """When the tab has come, and when the sandbox's clock was moved."""
        now = clock.now()
        offset = (now - clock.real_now()).total_seconds()
        if self.server_now == 0 or abs(offset - self._clock_offset) > _NO_MATTER:
            self.server_now, self._clock_offset = millis(now), offset


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The lists of the tabs given; any change of the account may move one's rows."""
    async with current_runtime().database.reading() as session:
        reading = ListReading(session, subscriptions[0].who.account_id, clock.now())
        return {
            subscription.token: partial(
                _bring, subscription, await reading.read(subscription.who, subscription.query)
            )
            for subscription in subscriptions
        }


async def _bring(subscription: Subscription, seen: ListView, state: rx.State) -> None:
    (await state.get_state(InboxState))._show(seen)
    await row_people.see(state, subscription, seen.rows)
