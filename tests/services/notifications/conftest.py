"""Devices that are notified, and a push service on this machine that takes what they are told."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inbox_app import clock
from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import MessagesOf, Preferences, Sound
from inbox_app.jobs.push_worker import PushWorker
from inbox_app.models import Session
from inbox_app.public_addresses.client import PublicTransport, public_client
from inbox_app.queries.accounts.away import away_of
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.runtime import Runtime
from inbox_app.services.away.set_away import set_away
from inbox_app.services.notifications import devices, preferences
from tests.support.factories import World, add, marta
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says
from tests.support.servers.local_web import LocalWeb, local_web
from tests.support.servers.push_service import Browser, PushService
from tests.support.servers.routes_app import running

NIGHT = datetime(2026, 11, 27, 21, 0, tzinfo=UTC)
"""A Friday; it opens on Monday."""
NOON = NIGHT.replace(hour=11)
Hear = Callable[[str, datetime], Awaitable[None]]


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalWeb]:
    with local_web(tmp_path_factory.mktemp("push")) as web:
        yield web


@pytest.fixture
def push_service(web: LocalWeb) -> PushService:
    web.asked.clear()
    return PushService(web)


@pytest.fixture
def mail_settings() -> dict[str, str]:
    """This installation sends no mail."""
    return {}


@pytest.fixture
async def runtime(
    database: Database, web: LocalWeb, tmp_path: Path, mail_settings: dict[str, str]
) -> AsyncIterator[Runtime]:
    """Reaches the push service of this machine, by whatever name."""

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    transport = PublicTransport(web.trusting(), resolve=here, is_allowed=lambda _: True)
    async with (
        running(database, tmp_path, **mail_settings) as started,
        public_client(transport) as client,
    ):
        yield replace(started, public=client)


@dataclass
class Devices:
    """Of Marta, unless somebody else is named."""

    runtime: Runtime
    world: World
    push_service: PushService

    async def sign_in(self, user_id: int = 0) -> SignedIn:
        async with self.runtime.database.transaction() as session:
            now = real_now()
            row = await add(
                session,
                Session(
                    account_id=self.world.account_id,
                    user_id=user_id or self.world.marta_id,
                    token_hash=f"device {id(object())} {now}",
                    created_at=now,
                    seen_at=now,
                ),
            )
            return replace(marta(self.world, now), session_id=row.id, user_id=row.user_id)

    async def subscribe(self, who: SignedIn | None = None) -> tuple[SignedIn, Browser]:
        who = who or await self.sign_in()
        browser = self.push_service.subscribe()
        keys = browser.p256dh, browser.secret
        async with self.runtime.database.transaction() as session:
            await devices.subscribe(
                session, who, browser.endpoint, *keys, real_now(), vault=self.runtime.vault
            )
        return who, browser

    async def tell(self, at: datetime | None = None) -> None:
        """Send what is due, as a process does that has just started."""
        worker = PushWorker(self.runtime, now=lambda: at or real_now())
        await worker.pass_once()
        await worker.finish()


@pytest.fixture
def devices_of_marta(runtime: Runtime, world: World, push_service: PushService) -> Devices:
    return Devices(runtime, world, push_service)


@pytest.fixture
async def world_on_call(database: Database, world: World) -> World:
    """Marta is on call, and wants to hear of nothing."""
    async with database.transaction() as session:
        away = await away_of(session, world.account_id)
        chosen = replace(away, urgent_words=("perdita",), on_call=(world.marta_id,))
        await set_away(session, world.account_id, world.marta_id, chosen, NOON)
        silent = Preferences(
            messages=MessagesOf.NONE,
            sound=Sound.NONE,
            quiet_from=0,
            quiet_to=24 * 60 - 1,
            time_zone="Europe/Rome",
        )
        await preferences.prefer(session, world.account_id, world.marta_id, silent)
    return world


@pytest.fixture
def hear(database: Database, monkeypatch: pytest.MonkeyPatch) -> Hear:
    """What comes is understood at once."""

    async def heard(text: str, at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)
        await open_inbox(database).hear(says(text, f"wamid.{text}", at), at=at)

    return heard
