"""The state of the page of imports: the list, or the one that is open (A3)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.imports.dates import DateOrder
from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.live import Change, Queue
from inbox_app.models import DataImport
from inbox_app.pages import untrusted
from inbox_app.pages.imports.reading import MOST_LINES, Seen, Wanted, see
from inbox_app.pages.session import SignedIn, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.imports.rows import NO_IMPORT, ColumnRow, ImportRow, ImportView, LineRow
from inbox_app.runtime import current_runtime
from inbox_app.services.imports import steps
from inbox_app.services.imports.steps import StepRefusedError

_LONGEST = 100


class ImportsState(rx.State):
    """Display rows only."""

    ready: rx.Field[bool] = rx.field(False)
    may: rx.Field[bool] = rx.field(False)
    """Whether the person is an admin: others see none of it."""
    rows: rx.Field[list[ImportRow]] = rx.field(default_factory=list)
    current: rx.Field[ImportView] = rx.field(default_factory=NO_IMPORT.copy)
    """The one that is open; without an id, none."""
    columns: rx.Field[list[ColumnRow]] = rx.field(default_factory=list)
    lines: rx.Field[list[LineRow]] = rx.field(default_factory=list)
    options: rx.Field[list[str]] = rx.field(default_factory=list)
    """The fields that a column may be."""
    outcome: rx.Field[str] = rx.field("")
    """Which lines are listed."""
    after: rx.Field[int] = rx.field(0)
    """The line after which the list begins."""
    more: rx.Field[bool] = rx.field(False)
    asking: rx.Field[bool] = rx.field(False)
    """Whether the question before undoing stands."""
    refused_step: rx.Field[bool] = rx.field(False)
    """The last thing asked for could not be done."""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in_admin(self)
        set_changed(self, may=who is not None, asking=False, refused_step=False)
        if who is not None:
            set_changed(self, outcome="", after=0)
            await self._read(who)
        self.ready = True

    @rx.event
    async def map_column(self, column: str, field: str) -> None:
        """A column is this field, "" for none."""
        number, name = _number(column), untrusted.text(field, _LONGEST)
        if number is not None and name is not None:
            await self._do(lambda row: steps.map_column(row, number, name))

    @rx.event
    async def order_dates(self, column: str, order: str) -> None:
        """Which comes first in the dates of a column."""
        number, said = _number(column), untrusted.text(order, _LONGEST)
        if number is not None and said in set(DateOrder):
            await self._do(lambda row: steps.order_dates(row, number, DateOrder(said)))

    @rx.event
    async def say_for_all(self, text: str) -> None:
        """What holds for lines that say nothing of it."""
        said = untrusted.text(text, _LONGEST)
        field = self.current["constant"]
        if said is not None and field:
            await self._do(lambda row: steps.say_for_all(row, field, said.strip()))

    @rx.event
    async def check(self) -> None:
        """Have the lines checked."""

        async def step(session: AsyncSession, row: DataImport) -> None:
            await steps.check(session, row, clock.real_now())

        await self._step(step)

    @rx.event
    async def map_again(self) -> None:
        """Back to what the columns mean."""
        await self._do(steps.map_again)

    @rx.event
    async def run(self, without_refused: bool) -> None:
        """Have them go in."""

        async def step(session: AsyncSession, row: DataImport) -> None:
            now, others = clock.real_now(), without_refused is True
            steps.run(session, row, without_refused=others, now=now)

        await self._step(step)

    @rx.event
    async def ask_undo(self, asking: bool) -> None:
        """Ask before undoing; False when one thinks better of it."""
        if await signed_in_admin(self) is not None:
            self.asking = asking is True

    @rx.event
    async def undo(self) -> None:
        """Have all of it taken back."""

        async def step(session: AsyncSession, row: DataImport) -> None:
            steps.undo(session, row, clock.real_now())

        self.asking = False
        await self._step(step)

    @rx.event
    async def discard(self) -> rx.event.EventSpec | None:
        """Away with a table of which nothing has gone in."""
        if await self._step(_discard):
            return rx.redirect("/imports")
        return None

    @rx.event
    async def list_lines(self, outcome: str, after: int) -> None:
        """The lines with this outcome, from one on."""
        who, which = await signed_in_admin(self), untrusted.text(outcome, _LONGEST)
        if who is not None and which in {"", *Outcome} and type(after) is int:
            set_changed(self, outcome=which, after=max(0, min(after, 2**31 - 1)))
            await self._read(who)

    async def _do(self, change: Callable[[DataImport], object]) -> None:
        async def step(_: AsyncSession, row: DataImport) -> None:
            change(row)

        await self._step(step)

    async def _step(self, step: Callable[[AsyncSession, DataImport], Awaitable[None]]) -> bool:
        who, id_ = await signed_in_admin(self), untrusted.row_id(self.current["id"])
        if who is None or id_ is None:
            return False
        runtime = current_runtime()
        try:
            async with runtime.database.transaction() as session:
                await step(session, await steps.find(session, who.account_id, id_))
        except (NotFoundError, StepRefusedError):
            self.refused_step = True
        else:
            self.refused_step = False
        runtime.live.wake(Queue.IMPORTS)
        runtime.live.publish(Change(who.account_id, import_id=id_))
        await self._read(who)
        return not self.refused_step

    async def _read(self, who: SignedIn) -> None:
        wanted = Wanted(_open(self), self.outcome, self.after)
        live_tabs.current().subscribe(
            Subscription(self.router.session.client_token, who, refresh, wanted)
        )
        runtime = current_runtime()
        async with runtime.database.reading() as session:
            self._show(await see(session, who.account_id, wanted, runtime.vault))

    def _show(self, seen: Seen) -> None:
        set_changed(
            self,
            rows=seen.rows,
            current=seen.current,
            columns=seen.columns,
            lines=seen.lines,
            options=seen.options,
            more=len(seen.lines) == MOST_LINES,
        )


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """What the tabs given show, where an import has come further."""
    runtime = current_runtime()
    patches: dict[str, Patch] = {}
    async with runtime.database.reading() as session:
        for tab in subscriptions:
            wanted: Wanted = tab.query
            if wanted.import_id in changed.imports or (changed.imports and not wanted.import_id):
                seen = await see(session, tab.who.account_id, wanted, runtime.vault)
                patches[tab.token] = partial(_bring, seen)
    return patches


async def _bring(seen: Seen, state: rx.State) -> None:
    (await state.get_state(ImportsState))._show(seen)


async def _discard(session: AsyncSession, row: DataImport) -> None:
    if row.state not in {ImportState.MAPPING, ImportState.CHECKED}:
        raise StepRefusedError(steps.StepProblem.NOT_NOW)
    await steps.forget(session, row)


def _open(state: rx.State) -> int:
    """The import in the address, 0 for none."""
    last = state.router.url.path.rstrip("/").rpartition("/")[2]
    return untrusted.row_id(last) or 0


def _number(column: object) -> int | None:
    text = untrusted.text(column, 4)
    return int(text) if text and text.isdecimal() and text.isascii() else None
