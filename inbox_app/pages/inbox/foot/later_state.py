"""Texts that are to leave at a time (M10) or when the person answers (W7)."""

from typing import TypedDict

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.delivery import send_later
from inbox_app.domain.delivery.send_later import LaterProblem
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.foot.template_menu_reading import PAGE
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.shared.outgoing_sends import zone_of
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow
from inbox_app.runtime import current_runtime
from inbox_app.services.sending.send_later import cancel_later, decision_then
from inbox_app.web import millis

_LONGEST_TIME = 40


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
    async def cancel(self, waiting: str) -> None:
        """Take a text back that waits: it is in the box again, to be changed or forgotten."""
        who, id_ = await signed_in(self), untrusted.row_id(waiting)
        if who is not None and id_ is not None:
            await _cancelled(who, id_)


async def _looked(session: AsyncSession, who: SignedIn, id_: int, wall: str) -> LaterRow:
    now = clock.now()
    zone = await zone_of(session, who, id_)
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
