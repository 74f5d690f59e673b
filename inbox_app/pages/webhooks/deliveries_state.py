"""What one endpoint was told, or is to be: a part of a list without end."""

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.webhooks import DeliveryState
from inbox_app.live import Queue
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.webhooks.admin import signed_in_admin
from inbox_app.pages.webhooks.state import WebhooksState
from inbox_app.queries.webhooks.endpoints import delivery_page
from inbox_app.queries.webhooks.rows import DeliveryRow
from inbox_app.runtime import current_runtime
from inbox_app.services.webhooks.endpoints import retry_delivery

_STEP, _MOST = 40, 120


class DeliveriesState(rx.State):
    """The newest first; the part moves with whoever scrolls."""

    endpoint: rx.Field[str] = rx.field("")
    rows: rx.Field[list[DeliveryRow]] = rx.field(default_factory=list)
    has_earlier: rx.Field[bool] = rx.field(False)
    has_later: rx.Field[bool] = rx.field(False)
    waiting: rx.Field[bool] = rx.field(False)
    """Whether one of these is about to be told: the page asks again soon."""

    @rx.event
    async def choose(self, endpoint: str) -> None:
        """Of this one, or "" for none."""
        who, id_ = await signed_in_admin(self), untrusted.row_id(endpoint)
        if who is not None:
            self.endpoint = str(id_) if id_ else ""
            await self._newest(who)

    @rx.event
    async def refresh(self) -> None:
        """What became of them meanwhile, and whether the endpoints are well."""
        who = await signed_in_admin(self)
        if who is not None:
            if not self.has_earlier:
                await self._newest(who)
            await (await self.get_state(WebhooksState))._read(who)

    @rx.event
    async def load_later(self) -> None:
        """Older ones."""
        who = await signed_in_admin(self)
        if who is not None and self.has_later and self.rows:
            older = await self._page(who, before=int(self.rows[-1]["id"]))
            kept = [*self.rows, *older]
            dropped = len(kept) > _MOST
            self._show(
                kept[-_MOST:], earlier=self.has_earlier or dropped, later=len(older) == _STEP
            )

    @rx.event
    async def load_earlier(self) -> None:
        """Newer ones."""
        who = await signed_in_admin(self)
        if who is not None and self.has_earlier and self.rows:
            newer = await self._page(who, after=int(self.rows[0]["id"]))
            kept = [*newer, *self.rows]
            dropped = len(kept) > _MOST
            self._show(kept[:_MOST], earlier=len(newer) == _STEP, later=self.has_later or dropped)

    @rx.event
    async def retry(self, delivery: str) -> None:
        """Once more at once."""
        who, id_ = await signed_in_admin(self), untrusted.row_id(delivery)
        endpoint_id = untrusted.row_id(self.endpoint)
        if who is None or id_ is None or endpoint_id is None:
            return
        runtime, now = current_runtime(), clock.real_now()
        try:
            async with runtime.database.transaction() as session:
                await retry_delivery(session, who.account_id, endpoint_id, id_, now)
        except NotFoundError:
            pass
        else:
            runtime.live.wake(Queue.WEBHOOKS)
        await self._newest(who)

    async def _newest(self, who: SignedIn) -> None:
        rows = await self._page(who)
        self._show(rows, earlier=False, later=len(rows) == _STEP)

    async def _page(
        self, who: SignedIn, *, before: int | None = None, after: int | None = None
    ) -> list[DeliveryRow]:
        endpoint_id = untrusted.row_id(self.endpoint)
        if endpoint_id is None:
            return []
        async with current_runtime().database.reading() as session:
            return await delivery_page(
                session, who.account_id, endpoint_id, limit=_STEP, before=before, after=after
            )

    def _show(self, rows: list[DeliveryRow], *, earlier: bool, later: bool) -> None:
        waits = any(
            row["state"] == DeliveryState.PENDING.value and row["next_at"] == 0 for row in rows
        )
        set_changed(self, rows=rows, has_earlier=earlier, has_later=later, waiting=waits)
