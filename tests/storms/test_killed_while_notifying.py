"""`kill -9` while devices are told of what comes in: each hears of every conversation, and of each
message once, whatever was sent twice (N1)."""

import asyncio
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.models import Session
from inbox_app.operating.migrations import migrate
from inbox_app.services.notifications import devices
from inbox_app.vault import Vault
from tests.storms.persistent_meta import PersistentMeta
from tests.support.factories import add, connection_of, make_world, marta
from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import says
from tests.support.servers.local_web import CERTIFICATE, SERVER, local_web
from tests.support.servers.push_service import Browser, PushService
from tests.support.servers.serving import free_port, serving

KILLS, PEOPLE, DEVICES = 3, 12, 3
_APP_SECRET, _SECRET_KEY = "the app secret", "k" * 32
_SETTINGS = {"SANDBOX": "0", "META_APP_SECRET": _APP_SECRET, "SECRET_KEY": _SECRET_KEY}


def test_each_device_hears_of_everything_once(tmp_path: Path) -> None:
    port, url = free_port(), f"sqlite+aiosqlite:///{tmp_path / 'inbox.db'}"
    migrate(url)
    posting = PersistentMeta(f"http://127.0.0.1:{port}", _APP_SECRET)
    with local_web(tmp_path) as web:
        service, settings = PushService(web), {**_SETTINGS, CERTIFICATE: str(web.certificate)}
        browsers = [service.subscribe() for _ in range(DEVICES)]
        asyncio.run(_furnish(url, browsers))
        posting.start()
        try:
            for kill in range(KILLS):
                with serving(tmp_path, port, module=SERVER, **settings) as served:
                    posting.post([_says(kill, person) for person in range(PEOPLE)])
                    assert posting.wait_for(kill * PEOPLE + PEOPLE // 2, PATIENCE)
                    served.kill()
            with serving(tmp_path, port, module=SERVER, **settings):
                assert posting.wait_for(KILLS * PEOPLE, PATIENCE)
                _until_all_is_told(tmp_path)
        finally:
            posting.stop()
        for browser in browsers:
            said = {one["id"]: one for one in service.heard(browser)}
            last = {one["tag"]: one["body"] for _, one in sorted(said.items())}
            assert sorted(last.values()) == sorted(f"{KILLS - 1}, {n}" for n in range(PEOPLE))
    twice = "SELECT count(*) FROM push GROUP BY device_id, notification_id HAVING count(*) > 1"
    assert _rows(tmp_path, twice) == []
    assert _rows(tmp_path, "SELECT count(*) FROM notification") == [(KILLS * PEOPLE,)]


def _says(kill: int, person: int) -> bytes:
    wamid, wa_id = f"wamid.{kill}.{person}", f"4915{person:08}"
    return says(f"{kill}, {person}", wamid, real_now(), wa_id=wa_id)


async def _furnish(url: str, browsers: list[Browser]) -> None:
    """A company whose admin is signed in on so many devices."""
    database, now, vault = Database(url), real_now(), Vault(_SECRET_KEY)
    async with database.transaction() as session:
        world = await make_world(session, now)
        connection = await connection_of(session, world.account_id)
        connection.credentials_encrypted, connection.checked_at = vault.encrypt("a token"), now
        for number, browser in enumerate(browsers):
            row = await add(
                session,
                Session(
                    account_id=world.account_id,
                    user_id=world.marta_id,
                    token_hash=f"device {number}",
                    created_at=now,
                    seen_at=now,
                ),
            )
            who = replace(marta(world, now), session_id=row.id)
            keys = browser.endpoint, browser.p256dh, browser.secret
            await devices.subscribe(session, who, *keys, now, vault=vault)
    await database.close()


def _until_all_is_told(folder: Path) -> None:
    left = (
        "SELECT (SELECT count(*) FROM inbound_event WHERE state = 'received')"
        " + (SELECT count(*) FROM notification WHERE spread_at IS NULL)"
        " + (SELECT count(*) FROM push WHERE state = 'pending')"
    )
    ends = time.monotonic() + PATIENCE
    while _rows(folder, left) != [(0,)]:
        assert time.monotonic() < ends
        time.sleep(0.05)


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "inbox.db")) as database:
        return database.execute(query).fetchall()
