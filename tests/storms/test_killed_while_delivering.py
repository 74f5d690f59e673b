"""`kill -9` while another system is told what happens: it hears of everything, and what it hears
again has the id that it had (A3)."""

import asyncio
import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

from standardwebhooks.webhooks import Webhook

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.operating.migrations import migrate
from inbox_app.services.webhooks.endpoints import create_endpoint
from inbox_app.vault import Vault
from tests.storms.persistent_meta import PersistentMeta
from tests.support.factories import connection_of, make_world
from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import says
from tests.support.servers.local_web import CERTIFICATE, SERVER, LocalWeb, Page, local_web
from tests.support.servers.serving import free_port, serving

KILLS, PEOPLE = 2, 8
_APP_SECRET, _SECRET_KEY, _HOOK = "the app secret", "k" * 32, "/hook"
_SETTINGS = {"SANDBOX": "0", "META_APP_SECRET": _APP_SECRET, "SECRET_KEY": _SECRET_KEY}
_TAKEN = Page(status=204)


def test_another_system_hears_of_everything_under_one_id(tmp_path: Path) -> None:
    port, url = free_port(), f"sqlite+aiosqlite:///{tmp_path / 'inbox.db'}"
    migrate(url)
    posting = PersistentMeta(f"http://127.0.0.1:{port}", _APP_SECRET)
    with local_web(tmp_path) as web:
        settings = {**_SETTINGS, CERTIFICATE: str(web.certificate)}
        secret = asyncio.run(_furnish(url, web.url(_HOOK)))
        posting.start()
        try:
            for kill in range(KILLS):
                with serving(tmp_path, port, module=SERVER, **settings) as served:
                    _tell_some_and_leave_some_unanswered(web, posting, kill)
                    served.kill()
            web.pages[_HOOK] = _TAKEN
            with serving(tmp_path, port, module=SERVER, **settings):
                assert posting.wait_for(KILLS * PEOPLE, PATIENCE)
                _until(lambda: _left(tmp_path) == 0)
        finally:
            posting.stop()
        ids, bodies = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for heard in web.asked:
            told = Webhook(secret).verify(heard[":body"], heard)
            ids[told["data"]["text"]].add(heard["webhook-id"])
            bodies[heard["webhook-id"]].add(heard[":body"])
    assert sorted(ids) == sorted(_text(k, n) for k in range(KILLS) for n in range(PEOPLE))
    assert all(len(each) == 1 for each in (*ids.values(), *bodies.values()))
    assert len(bodies) == len(ids) < len(web.asked)


def _tell_some_and_leave_some_unanswered(web: LocalWeb, posting: PersistentMeta, kill: int) -> None:
    web.pages[_HOOK] = _TAKEN
    posting.post([_says(kill, person) for person in range(0, PEOPLE, 2)])
    _until(lambda: {_text(kill, person) for person in range(0, PEOPLE, 2)} <= _heard(web))
    web.pages[_HOOK] = Page(status=204, waits=Event())
    posting.post([_says(kill, person) for person in range(1, PEOPLE, 2)])
    _until(lambda: any(_text(kill, person) in _heard(web) for person in range(1, PEOPLE, 2)))


def _text(kill: int, person: int) -> str:
    return f"{kill}, {person}"


def _says(kill: int, person: int) -> bytes:
    wamid, wa_id = f"wamid.{kill}.{person}", f"4915{person:08}"
    return says(_text(kill, person), wamid, real_now(), wa_id=wa_id)


def _heard(web: LocalWeb) -> set[str]:
    return {json.loads(asked[":body"])["data"]["text"] for asked in list(web.asked)}


async def _furnish(url: str, hook: str) -> str:
    """A company that has what comes in told to `hook`; the secret that it is signed with."""
    database, now, vault = Database(url), real_now(), Vault(_SECRET_KEY)
    async with database.transaction() as session:
        world = await make_world(session, now)
        connection = await connection_of(session, world.account_id)
        connection.credentials_encrypted, connection.checked_at = vault.encrypt("a token"), now
        events = [WebhookEventType.MESSAGE_RECEIVED]
        _, secret = await create_endpoint(session, world.account_id, hook, events, now, vault=vault)
    await database.close()
    return secret


def _until(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.02)


def _left(folder: Path) -> int:
    left = (
        "SELECT (SELECT count(*) FROM inbound_event WHERE state = 'received')"
        " + (SELECT count(*) FROM webhook_event WHERE told_at IS NULL)"
        " + (SELECT count(*) FROM webhook_delivery WHERE state <> 'delivered')"
    )
    with closing(sqlite3.connect(folder / "inbox.db")) as database:
        return database.execute(left).fetchone()[0]
