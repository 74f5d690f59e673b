"""The list of actors: a part of it, which moves with whoever scrolls (A3)."""

from typing import NamedTuple

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs.account_panels import AccountPanel
from inbox_app.queries.inbox.list.list_span import MOST, PAGE, STEP
from inbox_app.queries.labels.labels import labels
from inbox_app.queries.labels.rows import LabelRow
from inbox_app.queries.people import actor_list
from inbox_app.queries.people.actor_list import FOUND, ActorFilter, ActorPlace, ActorView
from inbox_app.queries.people.rows import ActorRow
from inbox_app.runtime import current_runtime

_LONGEST_SEARCH = 100


class _Part(NamedTuple):
    """So many rows of a view that follow a place."""

    view: ActorView
    above: ActorPlace | None = None
    limit: int = PAGE


class _Shown(NamedTuple):
    rows: list[ActorRow]
    has_later: bool
    has_any: bool
    labels: list[LabelRow]


class ActorsState(rx.State):
    """Display rows only; at most 130, whatever the length of the list."""

    ready: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[ActorRow]] = rx.field(default_factory=list)
    has_earlier: rx.Field[bool] = rx.field(False)
    has_later: rx.Field[bool] = rx.field(False)
    has_any: rx.Field[bool] = rx.field(False)
    """Whether anybody is on file at all."""
    filter: rx.Field[str] = rx.field(ActorFilter.ALL.value)
    label: rx.Field[str] = rx.field("")
    """The id of the label that all of the list have, "" for whatever they have."""
    label_name: rx.Field[str] = rx.field("")
    labels: rx.Field[list[LabelRow]] = rx.field(default_factory=list)
    """The account's."""
    search: rx.Field[str] = rx.field("")
    _above: ActorPlace | None = None
    _limit: int = PAGE

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is not None:
            await self._read(who)

    @rx.event
    async def set_filter(self, name: str) -> None:
        """Choose what the list shows; what is no filter's name is ignored."""
        who = await signed_in(self)
        if who is not None and name in tuple(ActorFilter):
            self.filter, self.label = str(name), ""
            await self._from_top(who)

    @rx.event
    async def set_label(self, label: str) -> None:
        """Show who has this label; what is no label's id shows all."""
        who, id_ = await signed_in(self), untrusted.row_id(label)
        if who is not None:
            self.filter, self.label = ActorFilter.ALL.value, str(id_ or "")
            await self._from_top(who)

    @rx.event(supersedes=True)
    async def set_search(self, words: str) -> None:
        """Those whom the words find; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST_SEARCH)
        if who is not None and wanted is not None:
            self.search = clean_line(wanted)
            await self._from_top(who)

    @rx.event
    async def load_later(self) -> None:
        """A step down; what no longer fits goes from the top."""
        who = await signed_in(self)
        if who is None or not self.has_later:
            return
        part = self._part(who)
        gone = part.limit + STEP - MOST
        if gone > 0:
            async with current_runtime().database.reading() as session:
                above = await actor_list.place_beyond(
                    session, part.view, count=gone, after=part.above
                )
            self._above = above or part.above
        self._limit = min(part.limit + STEP, MOST)
        await self._read(who)

    @rx.event
    async def load_earlier(self) -> None:
        """A step up; what no longer fits goes from the end."""
        who = await signed_in(self)
        if who is None or self._above is None:
            return
        async with current_runtime().database.reading() as session:
            self._above = await actor_list.place_beyond(
                session, self._part(who).view, count=STEP, before=self._above
            )
        self._limit = MOST
        await self._read(who)

    async def _from_top(self, who: SignedIn) -> None:
        self._above, self._limit = None, PAGE
        await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        await _PANEL.look(self, who, self._part(who))

    def _part(self, who: SignedIn) -> _Part:
        of = who.account_id, ActorFilter(self.filter), self.search, int(self.label or 0)
        return _Part(ActorView(*of), self._above, self._limit)

    def _show(self, seen: _Shown) -> None:
        named = {label["id"]: label["name"] for label in seen.labels}
        set_changed(
            self,
            ready=True,
            rows=seen.rows,
            has_earlier=self._above is not None,
            has_later=seen.has_later,
            has_any=seen.has_any,
            labels=seen.labels,
            label=self.label if self.label in named else "",
            label_name=named.get(self.label, ""),
        )


async def _see(session: AsyncSession, who: SignedIn, part: _Part) -> _Shown:
    account_id = who.account_id
    known, view = await labels(session, account_id), part.view
    if str(view.label_id) not in {label["id"] for label in known}:
        view = view._replace(label_id=0)
    limit = FOUND if view.search else part.limit
    found = await actor_list.stretch(session, view, limit=limit + 1, after=part.above)
    return _Shown(
        rows=await actor_list.rows(session, account_id, found[:limit]),
        has_later=len(found) > limit,
        has_any=bool(found) or await actor_list.has_any(session, account_id),
        labels=known,
    )


_PANEL = AccountPanel(ActorsState, _see)
