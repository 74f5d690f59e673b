"""What a page hands over: queued, left to wait, taken back, or kept as the draft."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.delivery import send_later
from inbox_app.domain.delivery.send_later import LaterProblem
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Origin
from inbox_app.live import Change, Queue
from inbox_app.pages.session import SignedIn
from inbox_app.queries.inbox.stay import stays_of
from inbox_app.runtime import current_runtime
from inbox_app.services.channel_services import FallbackRefusedError
from inbox_app.services.conversations.save_draft import drop_draft
from inbox_app.services.sending.give_back import keep_refused
from inbox_app.services.sending.send import (
    BadTextError,
    ReferenceTakenError,
    SendWithdrawnError,
    queue_text,
)
from inbox_app.services.sending.send_file import queue_upload
from inbox_app.services.sending.send_later import BadTimeError, When, queue_later
from inbox_app.services.sending.undo_send import undo

Outcome = Literal["sent", "refused", "undone", "too_late"]
_REFUSALS = (
    *(SendRefusedError, BadTextError, NotFoundError, ReferenceTakenError),
    *(BadTimeError, FallbackRefusedError),
)


async def queued(who: SignedIn, conversation_id: int, text: str, ref: str) -> Outcome:
    """The text is on its way, once it can no longer be taken back; a text that is refused is kept
    as the draft."""
    not_before = _held_until(who)

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

    return await _handed_over(who, conversation_id, text, work)


async def file_queued(who: SignedIn, conversation_id: int, caption: str, upload: str) -> Outcome:
    """The same for what was attached; refused, it stays beside the draft, which then has its
    caption."""
    not_before = _held_until(who)

    async def work(session: AsyncSession) -> None:
        await queue_upload(
            session,
            upload,
            account_id=who.account_id,
            conversation_id=conversation_id,
            user_id=who.user_id,
            caption=caption,
            now=clock.now(),
            not_before=not_before,
        )
        if caption:
            await drop_draft(
                session,
                account_id=who.account_id,
                user_id=who.user_id,
                conversation_id=conversation_id,
            )

    return await _handed_over(who, conversation_id, caption, work)


async def waiting(
    who: SignedIn, id_: int, text: str, ref: str, wall: str, template: int | None
) -> Outcome:
    """A text that may not wait is kept as the draft."""
    now = clock.now()

    async def work(session: AsyncSession) -> None:
        due = send_later.due_at(wall, await zone_of(session, who, id_)) if wall else None
        if wall and due is None:
            raise BadTimeError(LaterProblem.NO_TIME)
        await queue_later(
            session,
            account_id=who.account_id,
            conversation_id=id_,
            text=text,
            author_id=who.user_id,
            origin=Origin.PM,
            client_ref=ref,
            when=When(due, str(template) if template else None),
            now=now,
        )
        await drop_draft(
            session, account_id=who.account_id, user_id=who.user_id, conversation_id=id_
        )

    return await _handed_over(who, id_, text, work)


async def zone_of(session: AsyncSession, who: SignedIn, id_: int) -> str:
    """The accommodation's; without a reservation the account's."""
    stays = await stays_of(session, who.account_id, id_, clock.now())
    return (stays[0]["local_tz"] if stays else "") or who.time_zone


async def taken_back(who: SignedIn, conversation_id: int, ref: str) -> Outcome:
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


def _held_until(who: SignedIn) -> datetime | None:
    held = timedelta(seconds=who.undo_seconds)
    return clock.real_now() + held if held else None


async def _handed_over(
    who: SignedIn,
    conversation_id: int,
    words: str,
    work: Callable[[AsyncSession], Awaitable[None]],
) -> Outcome:
    """What became of `work`; refused, the words are kept as the draft."""
    runtime = current_runtime()
    try:
        await runtime.database.run_transaction(work)
    except SendWithdrawnError:
        return "undone"
    except _REFUSALS:
        await _keep_back(who, conversation_id, words)
        return "refused"
    runtime.live.publish(Change(who.account_id, conversation_id))
    runtime.live.wake(Queue.SEND)
    return "sent"


async def _keep_back(who: SignedIn, conversation_id: int, text: str) -> None:
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
