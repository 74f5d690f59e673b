"""The side menu «Send template»: what can be sent to whoever the thread is with, and sending it."""

from collections.abc import Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Origin, clean_line
from inbox_app.live import Change, Queue
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.foot.template_menu_reading import MenuQuery, MenuView, read
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.shared.template_notice_state import TemplateNotice
from inbox_app.pages.shared.template_refresh import ask_for_templates
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import NO_SYNC, TemplateRow, TemplatesSync
from inbox_app.queries.thread.thread_header import head
from inbox_app.runtime import current_runtime
from inbox_app.services.sending.send import ReferenceTakenError, SendWithdrawnError
from inbox_app.services.templates.send_template import (
    MarketingStoppedError,
    TemplateNotReadyError,
    queue_template,
)

_LONGEST_SEARCH = 100
_LONGEST_REF = 100
_GONE = "gone"
_MARKETING = "marketing_stopped"


class TemplateMenuState(rx.State):
    """Filled while the menu is open. A sending is over when ``accepted_ref`` or ``refused_ref``
    becomes its ref; refused, ``refusal`` says why."""

    ready: rx.Field[bool] = rx.field(False)
    sendable: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)
    others: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)
    too_many_sendable: rx.Field[bool] = rx.field(False)
    """There are more than the menu ever shows."""
    too_many_others: rx.Field[bool] = rx.field(False)
    accepted: rx.Field[int] = rx.field(0)
    sync: rx.Field[TemplatesSync] = rx.field(default_factory=NO_SYNC.copy)
    languages: rx.Field[list[str]] = rx.field(default_factory=list)
    language: rx.Field[str] = rx.field("")
    search: rx.Field[str] = rx.field("")
    refusal: rx.Field[str] = rx.field("")
    """`domain.sending.Reason`, a `TemplateState`, `gone` or `marketing_stopped`."""
    accepted_ref: rx.Field[str] = rx.field("")
    refused_ref: rx.Field[str] = rx.field("")
    _query: MenuQuery | None = None
    _further: MenuQuery | None = None
    """What is looked at after scrolling to the end."""

    @rx.event
    async def open(self, thread: str) -> None:
        """Show what can be sent there, in the language of whoever it is if there is any."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is None or id_ is None:
            return
        async with current_runtime().database.reading() as session:
            found = await head(session, who.account_id, id_)
            codes = await templates.languages(session, who.account_id)
        if found is None:
            return
        self.languages = sorted({_base(code) for code in codes})
        theirs = _base(found["language"])
        self.language = theirs if theirs in self.languages else ""
        self.search = self.refusal = ""
        await self._read(who, MenuQuery(id_, self.language, ""))

    @rx.event
    async def closed(self) -> None:
        """Nobody looks at it any more."""
        live_tabs.current().unsubscribe(self.router.session.client_token, refresh)
        self._query = self._further = None
        set_changed(self, ready=False, sendable=[], others=[], search="", refusal="")

    @rx.event
    async def set_language(self, code: str) -> None:
        """Only templates in one language, or "" for all."""
        who = await signed_in(self)
        if who is not None and self._query is not None and code in ("", *self.languages):
            self.language = str(code)
            await self._read(who, self._from_the_top(self._query))

    @rx.event(supersedes=True)
    async def set_search(self, words: str) -> None:
        """Those with the words in name or text; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST_SEARCH)
        if who is not None and self._query is not None and wanted is not None:
            self.search = clean_line(wanted)
            await self._read(who, self._from_the_top(self._query))

    @rx.event
    async def load_more(self) -> None:
        """One page more, up to what a menu can hold."""
        who = await signed_in(self)
        if who is not None and self._query is not None and self._further is not None:
            await self._read(who, self._further)

    @rx.event
    async def update_list(self) -> None:
        """«Update»: have the list read from Meta."""
        who = await signed_in(self)
        if who is not None:
            await ask_for_templates(who)

    @rx.event
    async def send(self, thread: str, template: str, ref: str) -> None:
        """Send it; asked again with the same ref it is still one message."""
        who, tried = await signed_in(self), untrusted.text(ref, _LONGEST_REF)
        if who is None or not tried:
            return
        refusal = await _refusal(who, untrusted.row_id(thread), untrusted.row_id(template), tried)
        if refusal is None:
            set_changed(self, refusal="", accepted_ref=tried)
            (await self.get_state(TemplateNotice))._sent()
        else:
            set_changed(self, refusal=refusal, refused_ref=tried)
            if self._query is not None:
                await self._read(who, self._query)

    async def _read(self, who: SignedIn, query: MenuQuery) -> None:
        self._query = query
        live_tabs.current().subscribe(
            Subscription(self.router.session.client_token, who, refresh, query)
        )
        async with current_runtime().database.reading() as session:
            self._show(await read(session, who.account_id, query))

    def _from_the_top(self, query: MenuQuery) -> MenuQuery:
        return MenuQuery(query.conversation_id, self.language, self.search)

    def _show(self, seen: MenuView) -> None:
        more = seen.more_sendable or seen.more_others
        self._further = self._query.further(seen) if self._query and more else None
        set_changed(
            self,
            sendable=seen.sendable,
            others=seen.others,
            too_many_sendable=seen.too_many_sendable,
            too_many_others=seen.too_many_others,
            accepted=seen.accepted,
            sync=seen.sync,
            ready=True,
        )


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The menus of those tabs of whose templates, or of whose conversation, something changed."""
    concerned = [
        subscription
        for subscription in subscriptions
        if changed.concerns(subscription.query.conversation_id)
    ]
    async with current_runtime().database.reading() as session:
        found = {
            query: await read(session, concerned[0].who.account_id, query)
            for query in {subscription.query for subscription in concerned}
        }
    return {
        subscription.token: partial(_bring, found[subscription.query]) for subscription in concerned
    }


async def _bring(seen: MenuView, state: rx.State) -> None:
    (await state.get_state(TemplateMenuState))._show(seen)


async def _refusal(
    who: SignedIn, conversation_id: int | None, template_id: int | None, ref: str
) -> str | None:
    """None when it is on its way."""
    if conversation_id is None or template_id is None:
        return _GONE
    runtime = current_runtime()
    try:
        await runtime.database.run_transaction(
            lambda session: queue_template(
                session,
                account_id=who.account_id,
                conversation_id=conversation_id,
                template_id=template_id,
                author_id=who.user_id,
                origin=Origin.PM,
                client_ref=ref,
                now=clock.now(),
            )
        )
    except SendRefusedError as refused:
        return refused.decision.reason.value
    except MarketingStoppedError:
        return _MARKETING
    except TemplateNotReadyError as not_ready:
        return not_ready.state.value
    except (NotFoundError, ReferenceTakenError, SendWithdrawnError):
        return _GONE
    runtime.live.publish(Change(who.account_id, conversation_id))
    runtime.live.wake(Queue.SEND)
    return None


def _base(code: str) -> str:
    """A language without its region: `en` of `en_GB` and of `en-GB`."""
    return code.replace("-", "_").partition("_")[0].lower()
