"""The endpoints: listed, made, changed, tried, taken away. Secrets are made in the browser that
shows them, and are in no state."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.webhooks import CHOOSABLE, LONGEST_ADDRESS, WebhookEventType, is_secret
from inbox_app.live import Queue
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.webhooks.admin import signed_in_admin
from inbox_app.queries.webhooks.endpoints import endpoint_rows
from inbox_app.queries.webhooks.rows import EndpointRow
from inbox_app.runtime import current_runtime
from inbox_app.services.webhooks import endpoints
from inbox_app.services.webhooks.endpoints import EndpointRefusedError

GONE, NONSENSE = "gone", "nonsense"
_LONGEST_SECRET = 100
Work = Callable[[AsyncSession, SignedIn], Awaitable[object]]


class WebhooksState(rx.State):
    """`done` and `refused` count what was kept and what was not."""

    ready: rx.Field[bool] = rx.field(False)
    may: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[EndpointRow]] = rx.field(default_factory=list)
    problem: rx.Field[str] = rx.field("")
    """An ``EndpointProblem``, `GONE` or `NONSENSE`; "" for none."""
    done: rx.Field[int] = rx.field(0)
    refused: rx.Field[int] = rx.field(0)

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in_admin(self)
        if who is None and await signed_in(self) is None:
            return
        set_changed(self, ready=True, may=who is not None)
        if who is not None:
            await self._read(who)

    @rx.event
    async def save(self, endpoint: str, form: dict[str, Any]) -> None:
        """Make one ("" for its id), or change it."""
        url, events, secret = _given(form)
        id_ = untrusted.row_id(endpoint)
        if url is None or (id_ is None and not is_secret(secret)):
            return await self._refuse(NONSENSE)

        async def work(session: AsyncSession, who: SignedIn) -> object:
            of, now, vault = (session, who.account_id), clock.real_now(), current_runtime().vault
            if id_ is None:
                return await endpoints.create_endpoint(
                    *of, url, events, now, vault=vault, secret=secret
                )
            return await endpoints.change_endpoint(*of, id_, url=url, events=events, now=now)

        return await self._do(work)

    @rx.event
    async def rotate(self, endpoint: str, secret: str) -> None:
        """Another secret; the former one signs too for a day."""
        id_, new = untrusted.row_id(endpoint), untrusted.text(secret, _LONGEST_SECRET) or ""
        if id_ is None or not is_secret(new):
            return await self._refuse(NONSENSE)
        now, vault = clock.real_now(), current_runtime().vault
        return await self._do(
            lambda session, who: endpoints.rotate_secret(
                session, who.account_id, id_, now, vault=vault, secret=new
            )
        )

    @rx.event
    async def switch(self, endpoint: str, on: bool) -> None:
        """On again, or off."""
        id_, active = untrusted.row_id(endpoint), on is True
        if id_ is not None:
            now = clock.real_now()
            await self._do(
                lambda session, who: endpoints.change_endpoint(
                    session, who.account_id, id_, active=active, now=now
                )
            )

    @rx.event
    async def remove(self, endpoint: str) -> None:
        """With what was on its way to it."""
        id_ = untrusted.row_id(endpoint)
        if id_ is not None:
            await self._do(
                lambda session, who: endpoints.remove_endpoint(session, who.account_id, id_)
            )

    @rx.event
    async def test(self, endpoint: str) -> None:
        """Have it told that this is a test."""
        id_ = untrusted.row_id(endpoint)
        if id_ is not None:
            await self._do(lambda session, who: endpoints.send_test(session, who.account_id, id_))

    async def _do(self, work: Work) -> None:
        who, runtime = await signed_in_admin(self), current_runtime()
        if who is None:
            return
        try:
            async with runtime.database.transaction() as session:
                await work(session, who)
        except EndpointRefusedError as refused:
            await self._refuse(refused.problem.value)
        except NotFoundError:
            await self._refuse(GONE)
        else:
            runtime.live.wake(Queue.WEBHOOKS)
            set_changed(self, problem="")
            self.done += 1
        await self._read(who)

    async def _refuse(self, problem: str) -> None:
        if await signed_in_admin(self) is not None:
            set_changed(self, problem=problem)
            self.refused += 1

    async def _read(self, who: SignedIn) -> None:
        async with current_runtime().database.reading() as session:
            set_changed(self, rows=await endpoint_rows(session, who.account_id))


def _given(form: object) -> tuple[str | None, list[WebhookEventType], str]:
    """The address, the kinds that are ticked, the secret."""
    url = untrusted.form_field(form, "url", LONGEST_ADDRESS + 1)
    ticked = [kind for kind in CHOOSABLE if untrusted.form_field(form, kind.value, 10)]
    secret = untrusted.form_field(form, "secret", _LONGEST_SECRET) or ""
    return (url and url.strip()) or None, ticked, secret
