"""Blocking whom the open conversation is with, and taking them back."""

from collections.abc import Awaitable, Callable

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.runtime import current_runtime
from inbox_app.workflows.block_person import BlockRefusedError, block, unblock


class BlockState(rx.State):
    """What Meta said against it, if anything."""

    problem: rx.Field[str] = rx.field("")
    """`domain.actors.BlockProblem`, "" for none."""
    words: rx.Field[str] = rx.field("")
    """Meta's own."""
    asking: rx.Field[bool] = rx.field(False)

    @rx.event
    async def begin(self) -> None:
        """The question is opened: nothing was said yet."""
        set_changed(self, problem="", words="")

    @rx.event(background=True)
    async def block(self, thread: str) -> None:
        """Nothing more is heard of them."""
        await self._ask(block, thread)

    @rx.event(background=True)
    async def unblock(self, thread: str) -> None:
        """They can write again, and be written to."""
        await self._ask(unblock, thread)

    async def _ask(self, workflow: Callable[..., Awaitable[None]], thread: object) -> None:
        """Meanwhile the tab is free: Meta may take her time."""
        id_ = untrusted.row_id(thread)
        async with self:
            who = await signed_in(self)
            if who is None or id_ is None or self.asking:
                return
            set_changed(self, problem="", words="", asking=True)
        problem = words = ""
        try:
            await workflow(current_runtime(), who.account_id, who.user_id, id_, clock.now())
        except BlockRefusedError as refused:
            problem, words = str(refused.problem), refused.words
        except NotFoundError:
            pass
        finally:
            async with self:
                set_changed(self, problem=problem, words=words, asking=False)
