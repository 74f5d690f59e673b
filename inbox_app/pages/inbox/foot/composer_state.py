"""What the person writes: drafts kept in the database, sends tried again."""

from datetime import datetime, timedelta

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import MAX_TYPED
from inbox_app.domain.texts import is_blank
from inbox_app.live import Change, Queue
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.save_draft import save_draft
from inbox_app.services.sending.retry_send import retry
from inbox_app.workflows.tell_reading import tell_reading

_TYPING_SHOWS = timedelta(seconds=20)
"""How long the other side sees it at least."""


class ComposerState(rx.State):
    draft: rx.Field[str] = rx.field("")
    attached: rx.Field[list[str]] = rx.field(default_factory=list)
    """The refs of the files beside it."""
    _typing_told: datetime | None = None

    @rx.event
    async def save_draft(self, thread: str, text: str) -> object:
        """Keep what was typed, for this person on any device."""
        who, id_, words = (
            await signed_in(self),
            untrusted.row_id(thread),
            untrusted.text(text, MAX_TYPED),
        )
        if who is None or id_ is None or words is None:
            return None
        await _keep(who, id_, words)
        return ComposerState.tell_typing(thread) if not is_blank(words) else None

    @rx.event(background=True)
    async def tell_typing(self, thread: str) -> None:
        """To whom the conversation is with, where the account wants that (M12)."""
        id_, now = untrusted.row_id(thread), clock.real_now()
        async with self:
            who = await signed_in(self)
            before = self._typing_told
            if who is None or id_ is None or (before and now - before < _TYPING_SHOWS):
                return
            self._typing_told = now
        await tell_reading(current_runtime(), who.account_id, id_, typing=True)

    @rx.event
    async def retry(self, message: str) -> None:
        """«Riprova»: really sends again, unless the message is on its way."""
        who, id_ = await signed_in(self), untrusted.row_id(message)
        if who is not None and id_ is not None:
            await _try_again(who, id_)

    def _show(self, draft: str, attached: list[str]) -> None:
        if self.draft != draft:
            self.draft = draft
        if self.attached != attached:
            self.attached = attached


async def _keep(who: SignedIn, conversation_id: int, text: str) -> None:
    runtime = current_runtime()
    async with runtime.database.transaction() as session:
        kept = await save_draft(
            session,
            account_id=who.account_id,
            user_id=who.user_id,
            conversation_id=conversation_id,
            text=text,
            now=clock.now(),
        )
    if kept:
        runtime.live.publish(Change(who.account_id, conversation_id))


async def _try_again(who: SignedIn, message_id: int) -> None:
    runtime = current_runtime()
    try:
        message = await runtime.database.run_transaction(
            lambda session: retry(session, who.account_id, message_id, clock.now())
        )
    except (SendRefusedError, NotFoundError):
        return
    runtime.live.publish(Change(who.account_id, message.conversation_id))
    runtime.live.wake(Queue.SEND)
