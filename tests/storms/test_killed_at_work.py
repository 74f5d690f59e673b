"""`kill -9` again and again while webhooks come in and texts go out: what got its 200 is there,
exactly once, nothing goes out twice, and nothing is forgotten (M1)."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from inbox_app.services.accounts import api_keys
from inbox_app.vault import Vault
from tests.storms.counting_meta import counting_meta
from tests.storms.persistent_meta import PersistentMeta
from tests.support.factories import connection_of, make_world
from tests.support.patience import PATIENCE
from tests.support.samples.webhook_bodies import says
from tests.support.servers.serving import free_port, serving
from tests.support.writers import a_person_wrote

KILLS = 5
EVENTS, EVENTS_BEFORE_THE_KILL = 160, 80
"""Of a round."""
TEXTS, TEXTS_BEFORE_THE_EVENTS = 30, 20
"""Of a round."""
PEOPLE = [f"4915{number:08}" for number in range(20)]
_WITHIN = 4 * PATIENCE
_APP_SECRET, _SECRET_KEY = "the app secret", "k" * 32
_SETTINGS = {"SANDBOX": "0", "META_APP_SECRET": _APP_SECRET, "SECRET_KEY": _SECRET_KEY}


@dataclass(frozen=True)
class Aftermath:
    """What there is when the server that lived has done all its work."""

    written: dict[str, str]
    """Who wrote each event to us, by its id."""
    acknowledged: list[bytes]
    queued: set[str]
    reached_meta: Counter[str]
    folder: Path

    def rows(self, query: str) -> list[Any]:
        return _rows(self.folder, query)


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    folder, port = tmp_path_factory.mktemp("storm"), free_port()
    key, conversations = _furnish(folder)
    written = {f"wamid.{number}": PEOPLE[number % 20] for number in range(KILLS * EVENTS)}
    bodies = [says("Ciao", wamid, real_now(), wa_id=wa_id) for wamid, wa_id in written.items()]
    url, queued = f"http://127.0.0.1:{port}", set[str]()
    posting = PersistentMeta(url, _APP_SECRET)
    headers = {"Authorization": f"Bearer {key}"}
    with (
        counting_meta() as meta,
        httpx.Client(base_url=url, headers=headers, timeout=PATIENCE) as http,
    ):
        settings = _SETTINGS | {"META_GRAPH_URL": meta.url}
        posting.start()
        try:
            for kill in range(KILLS):
                with serving(folder, port, **settings) as served:
                    for number in range(TEXTS):
                        if number == TEXTS_BEFORE_THE_EVENTS:
                            posting.post(bodies[kill * EVENTS : (kill + 1) * EVENTS])
                        text = f"text {number} of round {kill}"
                        _queue(http, conversations[number % len(conversations)], text)
                        queued.add(text)
                    assert posting.wait_for(kill * EVENTS + EVENTS_BEFORE_THE_KILL, _WITHIN)
                    served.kill()
            posting.post(bodies[::10])
            with serving(folder, port, **settings):
                assert posting.wait_for(len(bodies) + len(bodies[::10]), _WITHIN)
                _wait(lambda: _rows(folder, _NOT_UNDERSTOOD) == _rows(folder, _NOT_SENT) == [(0,)])
        finally:
            posting.stop()
    return Aftermath(written, posting.acknowledged, queued, meta.texts, folder)


def test_every_event_that_got_its_200_is_there_once(aftermath: Aftermath) -> None:
    kept = Counter[bytes](body for (body,) in aftermath.rows("SELECT body FROM inbound_event"))
    assert all(kept[body] >= n for body, n in Counter(aftermath.acknowledged).items())
    assert sorted(aftermath.rows(_MESSAGES_BY_WRITER)) == sorted(aftermath.written.items())
    states = dict(aftermath.rows("SELECT state, count(*) FROM inbound_event GROUP BY state"))
    applied = len(aftermath.written)
    assert states == {"applied": applied, "duplicate": kept.total() - applied}


def test_no_text_goes_out_twice_and_none_is_forgotten(aftermath: Aftermath) -> None:
    rows = aftermath.rows("SELECT text, status FROM message WHERE direction = 'out'")
    statuses = dict(rows)
    assert len(rows) == len(statuses)
    assert set(statuses) == aftermath.queued
    assert set(aftermath.reached_meta) <= aftermath.queued
    assert max(aftermath.reached_meta.values()) == 1
    assert set(statuses.values()) <= {"sent", "unknown"}
    never_left = aftermath.queued - set(aftermath.reached_meta)
    assert all(statuses[text] == "unknown" for text in never_left)
    assert Counter(statuses.values())["sent"] > Counter(statuses.values())["unknown"]


def test_the_database_is_whole(aftermath: Aftermath) -> None:
    assert aftermath.rows("PRAGMA integrity_check") == [("ok",)]


_NOT_UNDERSTOOD = "SELECT count(*) FROM inbound_event WHERE state = 'received'"
_NOT_SENT = "SELECT count(*) FROM message WHERE status = 'queued'"
_MESSAGES_BY_WRITER = """
    SELECT message.provider_id, address.value FROM message
    JOIN conversation ON conversation.id = message.conversation_id
    JOIN address ON address.id = conversation.address_id
    WHERE message.direction = 'in'
"""


def _furnish(folder: Path) -> tuple[str, list[int]]:
    """A company whose system has this key, and the conversations it may write in."""
    url = f"sqlite+aiosqlite:///{folder / 'inbox.db'}"
    migrate(url)

    async def fill() -> tuple[str, list[int]]:
        database, now = Database(url), real_now()
        async with database.transaction() as session:
            world = await make_world(session, now)
            connection = await connection_of(session, world.account_id)
            connection.credentials_encrypted = Vault(_SECRET_KEY).encrypt("a token")
            connection.checked_at = now
            made = await api_keys.create(session, world.account_id, "storm", now)
            assert made
            ids = [await a_person_wrote(session, world, now, wa_id) for wa_id in PEOPLE]
        await database.close()
        return made[1], ids

    return asyncio.run(fill())


def _queue(http: httpx.Client, conversation: int, text: str) -> None:
    answer = http.post(f"/api/v1/conversations/{conversation}/messages", json={"text": text})
    assert answer.status_code == 202, answer.text


def _wait(until: Callable[[], bool]) -> None:
    give_up_at = time.monotonic() + _WITHIN
    while not until():
        assert time.monotonic() < give_up_at, "the queues were not drained"
        time.sleep(0.1)


def _rows(folder: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "inbox.db", timeout=PATIENCE)) as database:
        return database.execute(query).fetchall()
