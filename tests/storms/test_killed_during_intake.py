"""`kill -9` in the middle of webhooks: what got its 200 is there, exactly once (M1)."""

import asyncio
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from tests.storms.persistent_meta import PersistentMeta
from tests.support.factories import make_world
from tests.support.serving import free_port, serving
from tests.support.webhook_bodies import says

KILLS = 3
A_ROUND = 80
PEOPLE = 20
SECRET = "the app secret"
_A_ROUND_WITHIN = 60
_UNDERSTOOD_WITHIN = 60


def test_every_event_that_got_its_200_is_there_once_however_often_the_server_dies(
    tmp_path: Path, now: datetime
) -> None:
    _make_world(tmp_path, now)
    texts = {f"wamid.{number}": f"4915{number % PEOPLE:08}" for number in range(1000)}
    bodies = [says("Ciao", wamid, now, wa_id=wa_id) for wamid, wa_id in texts.items()]
    port = free_port()
    meta = PersistentMeta(f"http://127.0.0.1:{port}", SECRET, [*bodies, *bodies[::10]])
    settings = {"SANDBOX": "0", "META_APP_SECRET": SECRET}
    meta.start()
    try:
        for kill in range(1, KILLS + 1):
            with serving(tmp_path, port, **settings) as served:
                assert meta.wait_for(kill * A_ROUND, _A_ROUND_WITHIN)
                served.kill()
        with serving(tmp_path, port, **settings):
            assert meta.wait_for(len(bodies) + len(bodies[::10]), _A_ROUND_WITHIN)
            _wait_until_understood(tmp_path)
    finally:
        meta.stop()

    kept = Counter[bytes](body for (body,) in _rows(tmp_path, "SELECT body FROM inbound_event"))
    assert all(kept[body] >= count for body, count in Counter(meta.acknowledged).items())
    said = _rows(tmp_path, _MESSAGES_BY_SENDER)
    assert sorted(said) == sorted(texts.items())
    states = dict(_rows(tmp_path, "SELECT state, count(*) FROM inbound_event GROUP BY state"))
    assert states == {"applied": len(texts), "duplicate": kept.total() - len(texts)}
    assert _rows(tmp_path, "PRAGMA integrity_check") == [("ok",)]


_MESSAGES_BY_SENDER = """
    SELECT message.provider_id, address.value FROM message
    JOIN conversation ON conversation.id = message.conversation_id
    JOIN address ON address.id = conversation.address_id
"""


def _make_world(folder: Path, now: datetime) -> None:
    url = f"sqlite+aiosqlite:///{folder / 'inbox.db'}"
    migrate(url)

    async def fill() -> None:
        database = Database(url)
        async with database.transaction() as session:
            await make_world(session, now)
        await database.close()

    asyncio.run(fill())


def _wait_until_understood(folder: Path) -> None:
    waiting = "SELECT count(*) FROM inbound_event WHERE state = 'received'"
    give_up_at = time.monotonic() + _UNDERSTOOD_WITHIN
    while _rows(folder, waiting) != [(0,)]:
        assert time.monotonic() < give_up_at, "the queue was not drained"
        time.sleep(0.1)


def _rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "inbox.db", timeout=20)) as database:
        return database.execute(query).fetchall()
