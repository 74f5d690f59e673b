"""Texts that are to leave at a time (M10) or when the person answers (W7)."""

from typing import TypedDict

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.delivery import send_later
from inbox_app.domain.delivery.send_later import LaterProblem
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import Origin
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.foot.composer_state import ComposerState, Outcome, keep_back
from inbox_app.pages.inbox.foot.template_menu_reading import PAGE
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.queries.inbox.stay import stays_of
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow
from inbox_app.runtime import current_runtime
from inbox_app.services.channel_services import FallbackRefusedError
from inbox_app.services.conversations.save_draft import drop_draft
from inbox_app.services.sending.send import BadTextError, ReferenceTakenError, SendWithdrawnError
from inbox_app.services.sending.send_later import (
    BadTimeError,
    When,
    cancel_later,
    decision_then,
    queue_later,
)
from inbox_app.web import millis

_LONGEST, _LONGEST_REF, _LONGEST_TIME = 20_000, 100, 40


class LaterRow(TypedDict):
    """What is to be said of a time before a text waits for it."""

    asked: str
    """As it was asked for: on the wall, `YYYY-MM-DDTHH:MM`."""
    at: int
    zone: str
    problem: str
    """`LaterProblem`, "" when all is well."""
    closes_at: int
    templates: list[TemplateRow]
    """Those that can go out in its place."""


_REFUSALS = (
    SendRefusedError,
    BadTextError,
    NotFoundError,
    ReferenceTakenError,
    BadTimeError,
    FallbackRefusedError,
)
NO_TIME = LaterRow(asked="", at=0, zone="", problem="", closes_at=0, templates=[])


class LaterState(rx.State):
    later: rx.Field[LaterRow] = rx.field(default_factory=NO_TIME.copy)

    @rx.event(supersedes=True)
    async def look(self, thread: str, local: str) -> None:
        """Say what this time is, there, and whether a text may go out then."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        wall = untrusted.text(local, _LONGEST_TIME)
        if who is None or id_ is None or wall is None:
            return
        async with current_runtime().database.reading() as session:
            try:
                self.later = await _looked(session, who, id_, wall)
            except NotFoundError:
                self.later = NO_TIME.copy()

    @rx.event
    async def send(self, thread: str, text: str, ref: str, local: str, fallback: str) -> None:
        """Let the text wait for a time there, or, without one, for an answer."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        words, tried = untrusted.text(text, _LONGEST), untrusted.text(ref, _LONGEST_REF)
        wall, template = untrusted.text(local, _LONGEST_TIME), untrusted.row_id(fallback)
        if who is None or not tried:
            return
        outcome: Outcome = "refused"
        if id_ is not None and words and wall is not None:
            outcome = await _waits(who, id_, words, tried, wall, template)
        (await self.get_state(ComposerState))._settle(tried, outcome)

    @rx.event
    async def cancel(self, waiting: str) -> None:
        """Take a text back that waits: it is in the box again, to be changed or forgotten."""
        who, id_ = await signed_in(self), untrusted.row_id(waiting)
        if who is not None and id_ is not None:
            await _cancelled(who, id_)


async def _looked(session: AsyncSession, who: SignedIn, id_: int, wall: str) -> LaterRow:
    now = clock.now()
    zone = await _zone(session, who, id_)
    due = send_later.due_at(wall, zone)
    then = await decision_then(session, who.account_id, id_, due or now, now)
    problem = send_later.problem(due, then, now, fallback=False)
    needs = problem is LaterProblem.NEEDS_FALLBACK
    return LaterRow(
        asked=wall,
        at=millis(due) if due else 0,
        zone=zone,
        problem=problem.value if problem else "",
        closes_at=millis(then.closes_at) if then.closes_at else 0,
        templates=await _ready(session, who.account_id, id_) if needs else [],
    )


async def _zone(session: AsyncSession, who: SignedIn, id_: int) -> str:
    """The accommodation's; without a reservation the account's."""
    stays = await stays_of(session, who.account_id, id_, clock.now())
    return (stays[0]["local_tz"] if stays else "") or who.time_zone


async def _ready(session: AsyncSession, account_id: int, id_: int) -> list[TemplateRow]:
    return await templates.by_readiness(
        session,
        account_id,
        without_marketing=await templates.marketing_stopped(session, account_id, id_),
        language=None,
        search="",
        goes_out=True,
        limit=PAGE,
    )


async def _waits(
    who: SignedIn, id_: int, text: str, ref: str, wall: str, template: int | None
) -> Outcome:
    """A text that may not wait is kept as the draft."""
    runtime, now = current_runtime(), clock.now()

    async def work(session: AsyncSession) -> None:
        due = send_later.due_at(wall, await _zone(session, who, id_)) if wall else None
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

    try:
        await runtime.database.run_transaction(work)
    except SendWithdrawnError:
        return "undone"
    except _REFUSALS:
        await keep_back(who, id_, text)
        return "refused"
    runtime.live.publish(Change(who.account_id, id_))
    return "sent"


async def _cancelled(who: SignedIn, id_: int) -> None:
    runtime = current_runtime()
    try:
        conversation_id = await runtime.database.run_transaction(
            lambda session: cancel_later(
                session,
                account_id=who.account_id,
                id_=id_,
                user_id=who.user_id,
                now=clock.now(),
            )
        )
    except NotFoundError:
        return
    runtime.live.publish(Change(who.account_id, conversation_id))
