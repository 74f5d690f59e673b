"""What the person writes: drafts kept in the database, texts sent, sends tried again."""

from datetime import datetime, timedelta
from typing import Literal, TypedDict

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Origin
from inbox_app.domain.texts import is_blank
from inbox_app.live import Change, Queue
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.save_draft import drop_draft, save_draft
from inbox_app.services.sending.give_back import keep_refused
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.sending.send import (
    BadTextError,
    ReferenceTakenError,
    SendWithdrawnError,
    queue_text,
)
from inbox_app.services.sending.undo_send import undo
from inbox_app.workflows.tell_reading import tell_reading

_LONGEST = 20_000
_LONGEST_REF = 100
_TYPING_SHOWS = timedelta(seconds=20)
"""How long the other side sees it at least."""
_ANSWERS = 20
"""How many are told at a time: a tab that missed one asks again."""


Outcome = Literal["sent", "refused", "undone", "too_late"]


class Settled(TypedDict):
    """What became of a text that a tab sent, or wanted back."""

    ref: str
    outcome: Outcome


class ComposerState(rx.State):
    """A send is over when ``settled`` has its ref; refused, its text is in the box again, and the
    foot says why."""

    draft: rx.Field[str] = rx.field("")
    settled: rx.Field[list[Settled]] = rx.field(default_factory=list)
    _typing_told: datetime | None = None

    @rx.event
    async def send(self, thread: str, text: str, ref: str) -> None:
        """Queue the text; sent again with the same ref it is still one message."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        words, tried = untrusted.text(text, _LONGEST), untrusted.text(ref, _LONGEST_REF)
        if who is None or not tried:
            return
        if id_ is None or not words:
            self._settle(tried, "refused")
        else:
            self._settle(tried, await _queued(who, id_, words, tried))

    @rx.event
    async def undo(self, thread: str, ref: str) -> None:
        """«Annulla»: take a text back that has not left; it is in the box again (M11)."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        sent = untrusted.text(ref, _LONGEST_REF)
        if who is not None and id_ is not None and sent:
            self._settle(sent, await _taken_back(who, id_, sent))

    @rx.event
    async def save_draft(self, thread: str, text: str) -> object:
        """Keep what was typed, for this person on any device."""
        who, id_, words = (
            await signed_in(self),
            untrusted.row_id(thread),
            untrusted.text(text, _LONGEST),
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

    def _settle(self, ref: str, outcome: Outcome) -> None:
        others = [answer for answer in self.settled if answer["ref"] != ref]
        self.settled = [*others, Settled(ref=ref, outcome=outcome)][-_ANSWERS:]

    def _show(self, draft: str) -> None:
        if self.draft != draft:
            self.draft = draft


async def _queued(who: SignedIn, conversation_id: int, text: str, ref: str) -> Outcome:
    """The text is on its way, once it can no longer be taken back; a text that is refused is kept
    as the draft."""
    runtime = current_runtime()
    held = timedelta(seconds=who.undo_seconds)
    not_before = clock.real_now() + held if held else None

    async def work(session: AsyncSession) -> None:
        await queue_text(
            session,
            account_id=who.account_id,
            conversation_id=conversation_id,
            text=text,
            author_id=who.user_id,
            origin=Origin.PM,
            client_ref=ref,
            now=clock.now(),
            not_before=not_before,
        )
        await drop_draft(
            session,
            account_id=who.account_id,
            user_id=who.user_id,
            conversation_id=conversation_id,
        )

    try:
        await runtime.database.run_transaction(work)
    except SendWithdrawnError:
        return "undone"
    except (SendRefusedError, BadTextError, NotFoundError, ReferenceTakenError):
        await keep_back(who, conversation_id, text)
        return "refused"
    runtime.live.publish(Change(who.account_id, conversation_id))
    runtime.live.wake(Queue.SEND)
    return "sent"


async def _taken_back(who: SignedIn, conversation_id: int, ref: str) -> Outcome:
    runtime = current_runtime()
    try:
        done = await runtime.database.run_transaction(
            lambda session: undo(
                session,
                account_id=who.account_id,
                conversation_id=conversation_id,
                author_id=who.user_id,
                client_ref=ref,
                now=clock.now(),
            )
        )
    except NotFoundError:
        return "too_late"
    runtime.live.publish(Change(who.account_id, conversation_id))
    return "undone" if done else "too_late"


async def keep_back(who: SignedIn, conversation_id: int, text: str) -> None:
    """A text that was refused: several may come back one after another."""
    runtime = current_runtime()
    async with runtime.database.transaction() as session:
        await keep_refused(
            session,
            text,
            account_id=who.account_id,
            author_id=who.user_id,
            conversation_id=conversation_id,
            now=clock.now(),
        )
    runtime.live.publish(Change(who.account_id, conversation_id))


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
