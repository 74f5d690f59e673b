"""The panel of tasks: what there is to do, and where each stands (P3)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import uuid4

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.channels.registry import phone_channel
from inbox_app.domain.errors import NotFoundError, OthersNumberError, RacedError
from inbox_app.domain.tasks import TaskStatus
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.tasks.rows import TaskRow
from inbox_app.queries.tasks.task_span import CLOSED, TO_DO, TaskSpan
from inbox_app.queries.tasks.tasks import Tasks, beside_conversation, tasks_of
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.open_conversation import NoSuchActorError
from inbox_app.services.tasks import write_task
from inbox_app.services.tasks.hand_over import write_to_supplier

_NO_CONVERSATION = (NotFoundError, NoSuchActorError, OthersNumberError, RacedError)
_LANES = {"to_do": TO_DO, "closed": CLOSED}


class _Panel(NamedTuple):
    """The conversation that it is beside, and what part of either list is shown."""

    conversation_id: int
    to_do: TaskSpan = TaskSpan()
    closed: TaskSpan = TaskSpan()


class TasksState(rx.State):
    """Filled while the panel is open, and no longer."""

    asked: rx.Field[str] = rx.field("")
    """The conversation that the rows are of."""
    to_do: rx.Field[list[TaskRow]] = rx.field(default_factory=list)
    closed: rx.Field[list[TaskRow]] = rx.field(default_factory=list)
    more_to_do: rx.Field[bool] = rx.field(False)
    more_closed: rx.Field[bool] = rx.field(False)
    before_to_do: rx.Field[bool] = rx.field(False)
    before_closed: rx.Field[bool] = rx.field(False)
    answer: rx.Field[str] = rx.field("")
    _panel: _Panel = _Panel(0)

    @rx.event
    async def open(self, thread: str) -> None:
        """Show those beside a conversation, and keep them up to date."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is None or id_ is None:
            return
        await self._read(who, _Panel(id_))

    @rx.event
    async def show_more(self, lane: str, way: str) -> None:
        """A page more of those to do, or of the closed ones: below, or above."""
        who, shown = await signed_in(self), self._panel
        which, onward = untrusted.text(lane, 10) or "", untrusted.text(way, 10) == "on"
        if who is None or not shown.conversation_id or which not in _LANES:
            return
        async with current_runtime().database.reading() as session:
            beside = await beside_conversation(session, who.account_id, shown.conversation_id)
            if beside is None:
                return
            move = _LANES[which].onward if onward else _LANES[which].back
            span = await move(session, beside, getattr(shown, which))
        await self._read(who, shown._replace(**{which: span}))

    @rx.event
    async def close(self) -> None:
        """Nobody looks any more."""
        live_tabs.current().unsubscribe(self.router.session.client_token, refresh)
        self._show(_Panel(0), None)

    @rx.event
    async def set_status(self, task: str, status: str) -> None:
        """Somebody says where it stands."""
        if status in tuple(TaskStatus):
            await self._change(
                task, partial(write_task.set_status, status=TaskStatus(status), now=clock.now())
            )

    @rx.event
    async def not_yet(self, task: str) -> None:
        """The answer does not mean that it is done."""
        await self._change(task, partial(write_task.not_done_yet, now=clock.now()))

    @rx.event
    async def write_to(self, task: str) -> Any:
        """To the conversation with its supplier, its words in the box."""
        who, id_ = await signed_in(self), untrusted.row_id(task)
        if who is None or id_ is None:
            return None
        try:
            conversation_id = await _written(who, id_)
        except _NO_CONVERSATION:
            return None
        current_runtime().live.publish(Change(who.account_id, conversation_id))
        return rx.redirect(f"/inbox/{conversation_id}")

    async def _read(self, who: SignedIn, panel: _Panel) -> None:
        token = self.router.session.client_token
        live_tabs.current().subscribe(Subscription(token, who, refresh, panel))
        async with current_runtime().database.reading() as session:
            self._show(panel, await tasks_of(session, who.account_id, *panel))

    async def _change(self, task: object, change: Callable[..., Awaitable[object]]) -> None:
        who, id_ = await signed_in(self), untrusted.row_id(task)
        if who is None or id_ is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                await change(session, who.account_id, id_)
        except NotFoundError:
            return
        current_runtime().live.publish(Change(who.account_id))

    def _show(self, panel: _Panel, tasks: Tasks | None) -> None:
        self._panel = panel
        set_changed(
            self,
            asked=str(panel.conversation_id) if tasks else "",
            to_do=tasks.to_do if tasks else [],
            closed=tasks.closed if tasks else [],
            more_to_do=tasks is not None and tasks.more_to_do,
            more_closed=tasks is not None and tasks.more_closed,
            before_to_do=tasks is not None and panel.to_do.start is not None,
            before_closed=tasks is not None and panel.closed.start is not None,
            answer=tasks.answer if tasks else "",
        )


async def refresh(subscriptions: Sequence[Subscription], changed: Changes) -> Mapping[str, Patch]:
    """The panels beside conversations of which something changed."""
    concerned = [each for each in subscriptions if changed.concerns(each.query.conversation_id)]
    if not concerned:
        return {}
    account_id, found = concerned[0].who.account_id, dict[_Panel, Tasks | None]()
    async with current_runtime().database.reading() as session:
        for panel in {each.query for each in concerned}:
            found[panel] = await tasks_of(session, account_id, *panel)
    return {each.token: partial(_bring, each.query, found[each.query]) for each in concerned}


async def _bring(panel: _Panel, tasks: Tasks | None, state: rx.State) -> None:
    (await state.get_state(TasksState))._show(panel, tasks)


async def _written(who: SignedIn, task_id: int) -> int:
    ref = str(uuid4())

    async def work(session: AsyncSession) -> int:
        return await write_to_supplier(
            session,
            phone_channel(),
            account_id=who.account_id,
            task_id=task_id,
            user_id=who.user_id,
            ref=ref,
            now=clock.now(),
        )

    return await current_runtime().database.run_transaction(work)
