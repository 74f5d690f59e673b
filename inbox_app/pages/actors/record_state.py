"""The actor of the address: all that is on file of them, and out of the lists and back (A3)."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.catalogues import text_in
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in, signed_in_admin
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import live_tabs
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.people.actor_record import actor_record
from inbox_app.queries.people.rows import ActorRecord
from inbox_app.runtime import current_runtime
from inbox_app.services.people.edit_actor import archive_or_restore_actor
from inbox_app.web import millis
from inbox_app.workflows.erase_person import erase_person

_ASKED_TWICE = 2


def nobody() -> ActorRecord:
    return ActorRecord(
        id="",
        external_id="",
        name="",
        initials="",
        kind="unknown",
        email="",
        language="",
        notes="",
        labels=[],
        archived=False,
        phones=[],
        stays=[],
        homes=[],
        conversations=[],
        merged_into="",
        merge_id="",
        merge_name="",
        merge_at=0,
    )


class RecordState(rx.State):
    """``record`` is of the address once its id is in it."""

    record: rx.Field[ActorRecord] = rx.field(default_factory=nobody)
    missing: rx.Field[str] = rx.field("")
    """The id of the address that nobody has."""
    server_now: rx.Field[int] = rx.field(0)
    """Epoch milliseconds of the domain's time when the tab came; the browser counts on."""
    may_erase: rx.Field[bool] = rx.field(False)
    """Whether an admin looks."""
    erasing: rx.Field[int] = rx.field(0)
    """How often it was asked whether to erase their data: 0, 1 or 2 times."""

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back, or gone on to another."""
        who = await signed_in(self)
        if who is not None:
            may_erase = who.role is Role.ADMIN
            set_changed(self, server_now=millis(clock.now()), may_erase=may_erase, erasing=0)
            await self._read(who)

    @rx.event
    async def archive(self, actor: str) -> None:
        """Out of the lists; history keeps the name."""
        await self._move(actor, archived=True)

    @rx.event
    async def restore(self, actor: str) -> None:
        """Back into the lists."""
        await self._move(actor, archived=False)

    @rx.event
    async def ask_erase(self, step: int) -> None:
        """Ask once, and once more; 0 when one thinks better of it."""
        if await signed_in_admin(self) is not None and step in (0, 1, 2):
            self.erasing = int(step)

    @rx.event
    async def erase(self) -> None:
        """Erase all that tells of the one who is shown, after asking twice."""
        who, id_ = await signed_in_admin(self), untrusted.row_id(self.record["id"])
        if who is None or id_ is None or self.erasing != _ASKED_TWICE:
            return
        await _erased(who, id_)
        self.erasing = 0
        await self._read(who)

    async def _move(self, actor: object, *, archived: bool) -> None:
        who, id_ = await signed_in(self), untrusted.row_id(actor)
        if who is not None and id_ is not None:
            await _moved(who, id_, archived=archived)
            await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        asked = self.router.url.path.rstrip("/").rpartition("/")[2]
        live_tabs.current().subscribe(
            Subscription(self.router.session.client_token, who, refresh, asked)
        )
        async with current_runtime().database.reading() as session:
            self._show(asked, await _see(session, who, asked))

    def _show(self, asked: str, record: ActorRecord | None) -> None:
        set_changed(self, record=record or nobody(), missing="" if record else asked)


async def refresh(subscriptions: Sequence[Subscription], _changed: Changes) -> Mapping[str, Patch]:
    """What is on file of the actors that the tabs given look at."""
    async with current_runtime().database.reading() as session:
        return {
            tab.token: partial(_bring, tab.query, await _see(session, tab.who, tab.query))
            for tab in subscriptions
        }


async def _bring(asked: str, record: ActorRecord | None, state: rx.State) -> None:
    (await state.get_state(RecordState))._show(asked, record)


async def _see(session: AsyncSession, who: SignedIn, asked: str) -> ActorRecord | None:
    id_ = untrusted.row_id(asked)
    if id_ is None:
        return None
    return await actor_record(session, who.account_id, id_, clock.now(), reader_id=who.user_id)


async def _erased(who: SignedIn, actor_id: int) -> None:
    with suppress(NotFoundError):
        await erase_person(
            current_runtime(),
            account_id=who.account_id,
            actor_id=actor_id,
            name=text_in(who.language, "Erased person"),
            user_id=who.user_id,
            now=clock.now(),
            real_now=clock.real_now(),
        )


async def _moved(who: SignedIn, actor_id: int, *, archived: bool) -> None:
    runtime = current_runtime()
    try:
        async with runtime.database.transaction() as session:
            await archive_or_restore_actor(
                session,
                account_id=who.account_id,
                actor_id=actor_id,
                archived=archived,
                user_id=who.user_id,
                now=clock.now(),
            )
    except NotFoundError:
        return
    runtime.live.publish(Change(who.account_id))
