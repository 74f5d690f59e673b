"""What this device is to be told, in whatever page is open on it (N1)."""

from collections.abc import Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app import clock
from inbox_app.domain.messages import MAX_TYPED
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.queries.notifications.standing import Seen, seen_by
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.save_draft import save_draft
from inbox_app.web import millis


class NoticesState(rx.State):
    """Display rows only."""

    notices: rx.Field[list[NoticeRow]] = rx.field(default_factory=list)
    """What nobody has read yet, the newest first."""
    unread: rx.Field[int] = rx.field(0)
    device: rx.Field[str] = rx.field("")
    """"push", "page", or "" for one that is told nothing."""
    sound: rx.Field[str] = rx.field("")
    quiet: rx.Field[bool] = rx.field(False)
    read_at: rx.Field[int] = rx.field(0)
    """When ``notices`` were read, by the server's clock: what came to the device later is not among
    them."""

    @rx.event
    async def look_again(self) -> None:
        """The device has just been allowed notifications, or no longer."""
        who = await signed_in(self)
        if who is not None:
            await self._begin(who)

    @rx.event
    async def keep_draft(self, thread: str, words: str) -> None:
        """What was written while there was no network."""
        who, id_, text = (
            await signed_in(self),
            untrusted.row_id(thread),
            untrusted.text(words, MAX_TYPED),
        )
        if who is None or id_ is None or text is None:
            return
        runtime, now = current_runtime(), clock.now()
        of = {"account_id": who.account_id, "user_id": who.user_id, "conversation_id": id_}
        async with runtime.database.transaction() as session:
            kept = await save_draft(session, **of, text=text, now=now)
        if kept:
            runtime.live.publish(Change(who.account_id, id_))

    async def _begin(self, who: SignedIn) -> None:
        token = self.router.session.client_token
        live_tabs.current().subscribe(Subscription(token, who, refresh, None))
        seen, at = await _read([who])
        self._show(seen.get(who.session_id), at)

    def _show(self, seen: Seen | None, at: int) -> None:
        if seen is None:
            return
        if self.notices != seen.notices or not self.read_at:
            self.read_at = at
        set_changed(self, **seen._asdict())


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The notices of the tabs given."""
    if not (changed.everything or changed.conversations):
        return {}
    seen, at = await _read([subscription.who for subscription in subscriptions])
    return {
        subscription.token: partial(_bring, seen.get(subscription.who.session_id), at)
        for subscription in subscriptions
    }


async def _read(people: Sequence[SignedIn]) -> tuple[dict[int, Seen], int]:
    at = clock.real_now()
    async with current_runtime().database.reading() as session:
        return await seen_by(session, people, at), millis(at)


async def _bring(seen: Seen | None, at: int, state: rx.State) -> None:
    (await state.get_state(NoticesState))._show(seen, at)
