"""Labels put on actors and taken off, and new ones made for them (A3)."""

from collections.abc import Awaitable, Callable

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.conversations.labels import LabelColour, NameRefusedError
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.labels.label_actors import put_label, take_label
from inbox_app.services.labels.write_label import make_label

_LONGEST = 200


class ActorLabelState(rx.State):
    """What it changes is seen on the actor's page and in the list of all."""

    problem: rx.Field[str] = rx.field("")
    """A ``NameProblem``, of the last that was given."""
    done: rx.Field[int] = rx.field(0)
    """How many were made: what asked for a name closes with each."""

    @rx.event
    async def put(self, actor: str, label: str) -> None:
        """One of the account's labels on one of its actors."""
        await _change(await signed_in(self), put_label, actor, label)

    @rx.event
    async def take(self, actor: str, label: str) -> None:
        """Off again."""
        await _change(await signed_in(self), take_label, actor, label)

    @rx.event
    async def make(self, actor: str, name: str) -> None:
        """A new label, at once on the actor."""
        who, id_ = await signed_in(self), untrusted.row_id(actor)
        given = untrusted.text(name, _LONGEST)
        if who is None or id_ is None or given is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                of = session, who.account_id, given, LabelColour.GREY, clock.real_now()
                await put_label(session, who.account_id, (await make_label(*of)).id, id_)
        except NotFoundError:
            return
        except NameRefusedError as refused:
            self.problem = refused.problem.value
            return
        self.problem, self.done = "", self.done + 1
        current_runtime().live.publish(Change(who.account_id))


async def _change(
    who: SignedIn | None,
    do: Callable[[AsyncSession, int, int, int], Awaitable[bool]],
    actor: object,
    label: object,
) -> None:
    id_, label_id = untrusted.row_id(actor), untrusted.row_id(label)
    if who is None or id_ is None or label_id is None:
        return
    try:
        async with current_runtime().database.transaction() as session:
            changed = await do(session, who.account_id, label_id, id_)
    except NotFoundError:
        return
    if changed:
        current_runtime().live.publish(Change(who.account_id))
