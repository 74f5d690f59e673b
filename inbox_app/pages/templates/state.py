"""The state of the page of all templates: a window of them, kept up to date by the hub."""

from collections.abc import Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.templates import TemplateState
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.shared.template_refresh import ask_for_templates
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.pages.templates.reading import TemplatesQuery, TemplatesView, read
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import (
    NO_SYNC,
    TemplateCounts,
    TemplateRow,
    TemplatesSync,
)
from inbox_app.queries.templates.templates import After
from inbox_app.runtime import current_runtime
from inbox_app.web import millis
from inbox_app.workflows.templates.delete_template import delete
from inbox_app.workflows.templates.submit_template import MetaRefusedError

_LONGEST_SEARCH = 100
NO_COUNTS = TemplateCounts(accepted=0, pending=0, incompatible=0, cancelled=0)


class TemplatesState(rx.State):
    """``rows`` are two pages at most: scrolling on, the one above is let go."""

    ready: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)
    has_earlier: rx.Field[bool] = rx.field(False)
    has_later: rx.Field[bool] = rx.field(False)
    counts: rx.Field[TemplateCounts] = rx.field(default_factory=NO_COUNTS.copy)
    sync: rx.Field[TemplatesSync] = rx.field(default_factory=NO_SYNC.copy)
    languages: rx.Field[list[str]] = rx.field(default_factory=list)
    in_state: rx.Field[str] = rx.field("")
    language: rx.Field[str] = rx.field("")
    search: rx.Field[str] = rx.field("")
    server_now: rx.Field[int] = rx.field(0)
    connected: rx.Field[bool] = rx.field(True)
    may_connect: rx.Field[bool] = rx.field(False)
    asked_id: rx.Field[str] = rx.field("")
    """The template that one is about to delete."""
    asked_name: rx.Field[str] = rx.field("")
    asked_state: rx.Field[str] = rx.field("")
    deleting: rx.Field[bool] = rx.field(False)
    delete_problem: rx.Field[str] = rx.field("")
    delete_words: rx.Field[str] = rx.field("")
    _starts: tuple[After | None, ...] = (None,)
    """Where the pages begin that were let go above, and the first of those shown."""
    _middle: After | None = None

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is not None:
            await self._read(who)
            may_connect = who.role is Role.ADMIN
            set_changed(self, ready=True, may_connect=may_connect, asked_id="")
            set_changed(self, server_now=millis(clock.now()))

    @rx.event
    async def set_state(self, name: str) -> None:
        """Only those in one state, or "" for all."""
        who = await signed_in(self)
        if who is not None and name in ("", *TemplateState):
            self.in_state = str(name)
            await self._read_from_the_top(who)

    @rx.event
    async def set_language(self, code: str) -> None:
        """Only those in one language, or "" for all."""
        who = await signed_in(self)
        if who is not None and code in ("", *self.languages):
            self.language = str(code)
            await self._read_from_the_top(who)

    @rx.event(supersedes=True)
    async def set_search(self, words: str) -> None:
        """Those with the words in name or text; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST_SEARCH)
        if who is not None and wanted is not None:
            self.search = clean_line(wanted)
            await self._read_from_the_top(who)

    @rx.event
    async def show_all(self) -> None:
        """Without filters; the search stays, as the box does."""
        who = await signed_in(self)
        if who is not None:
            self.in_state = self.language = ""
            await self._read_from_the_top(who)

    @rx.event
    async def show_later(self) -> None:
        """One page on; the one above is let go."""
        who = await signed_in(self)
        if who is not None and self.has_later and self._middle is not None:
            self._starts = (*self._starts, self._middle)
            await self._read(who)

    @rx.event
    async def show_earlier(self) -> None:
        """One page back."""
        who = await signed_in(self)
        if who is not None and len(self._starts) > 1:
            self._starts = self._starts[:-1]
            await self._read(who)

    @rx.event
    async def update_list(self) -> None:
        """«Update»: have the list read from Meta."""
        who = await signed_in(self)
        if who is not None:
            await ask_for_templates(who)

    @rx.event
    async def ask_delete(self, template: str) -> None:
        """Ask before deleting; "" when one thinks better of it."""
        who, id_ = await signed_in(self), untrusted.row_id(template)
        row = await _row(who, id_) if who is not None and id_ is not None else None
        set_changed(
            self,
            asked_id=row["id"] if row else "",
            asked_name=row["name"] if row else self.asked_name,
            asked_state=row["state"] if row else self.asked_state,
            delete_problem="",
            delete_words="",
        )

    @rx.event(background=True)
    async def delete(self) -> None:
        """Delete the one that was asked about."""
        async with self:
            who, id_ = await signed_in(self), untrusted.row_id(self.asked_id)
            if who is None or id_ is None or self.deleting:
                return
            self.deleting, self.delete_problem, self.delete_words = True, "", ""
        problem, words = await _deleted(who, id_)
        async with self:
            self.deleting = False
            set_changed(self, delete_problem=problem, delete_words=words)
            if not problem and self.asked_id == str(id_):
                self.asked_id = ""

    async def _read_from_the_top(self, who: SignedIn) -> None:
        self._starts = (None,)
        await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        state = TemplateState(self.in_state) if self.in_state else None
        query = TemplatesQuery(state, self.language, self.search, self._starts[-1])
        live_tabs.current().subscribe(
            Subscription(self.router.session.client_token, who, refresh, query)
        )
        async with current_runtime().database.reading() as session:
            self._show(await read(session, who.account_id, query))

    def _show(self, seen: TemplatesView) -> None:
        self._middle = seen.middle
        set_changed(
            self,
            rows=seen.rows,
            has_earlier=len(self._starts) > 1,
            has_later=seen.end is not None,
            counts=seen.counts,
            languages=seen.languages,
            sync=seen.sync,
            connected=seen.connected,
        )


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The lists of the tabs given, when something of the whole account changed."""
    if not changed.everything:
        return {}
    async with current_runtime().database.reading() as session:
        found = {
            query: await read(session, subscriptions[0].who.account_id, query)
            for query in {subscription.query for subscription in subscriptions}
        }
    return {
        subscription.token: partial(_bring, found[subscription.query])
        for subscription in subscriptions
    }


async def _bring(seen: TemplatesView, state: rx.State) -> None:
    (await state.get_state(TemplatesState))._show(seen)


async def _row(who: SignedIn, template_id: int) -> TemplateRow | None:
    async with current_runtime().database.reading() as session:
        return await templates.one(session, who.account_id, template_id)


async def _deleted(who: SignedIn, template_id: int) -> tuple[str, str]:
    """What stood in the way, and Meta's words; a template that is gone already is as wanted."""
    try:
        await delete(current_runtime(), who.account_id, who.user_id, template_id, clock.real_now())
    except MetaRefusedError as refused:
        return refused.problem.value, refused.words
    except NotFoundError:
        pass
    return "", ""
