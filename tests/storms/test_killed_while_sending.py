"""`kill -9` in the middle of sends: nothing goes out twice, and nothing is forgotten."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.storms.counting_meta import CountingMeta, counting_meta
from tests.support.serving import ROOT, Served, environment, free_port, serving

KILLS = 3
A_ROUND = 30
_DRAINED_WITHIN = 60


@pytest.fixture
def meta() -> Iterator[CountingMeta]:
    with counting_meta() as meta:
        yield meta


def test_no_text_goes_out_twice_however_often_the_server_dies(
    tmp_path: Path, meta: CountingMeta
) -> None:
    port, settings = free_port(), {"SANDBOX": "1", "META_GRAPH_URL": meta.url}
    with serving(tmp_path, port, **settings) as served:
        key = _api_key(tmp_path, port, settings)
        served.stop()
    queued: set[str] = set()
    for kill in range(KILLS):
        with serving(tmp_path, port, **settings) as served, _api(served, key) as http:
            conversations = _open_conversations(http)
            for number in range(A_ROUND):
                text = f"text {number} of round {kill}"
                _queue(http, conversations[number % len(conversations)], text)
                queued.add(text)
            served.kill()

    with serving(tmp_path, port, **settings) as served, _api(served, key) as http:
        statuses = _statuses_when_drained(http, queued)

    assert set(statuses) == queued
    assert set(meta.texts) <= queued
    assert max(meta.texts.values()) == 1
    assert set(statuses.values()) <= {"sent", "unknown"}
    never_left = queued - set(meta.texts)
    assert all(statuses[text] == "unknown" for text in never_left)
    assert Counter(statuses.values())["sent"] > Counter(statuses.values())["unknown"]


def _api(served: Served, key: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=f"{served.url}/api/v1", headers=headers, timeout=30)


def _api_key(data_dir: Path, port: int, settings: dict[str, str]) -> str:
    command = [sys.executable, "-m", "inbox_app.cli"]
    arguments = ["api-key", "create", "--account", "1", "--name", "storm"]
    env = environment(data_dir, port, settings)
    done = subprocess.run(
        [*command, *arguments], cwd=ROOT, env=env, capture_output=True, check=True
    )
    return json.loads(done.stdout)["key"]


def _open_conversations(http: httpx.Client) -> list[str]:
    items = http.get("/conversations", params={"limit": 100}).raise_for_status().json()["items"]
    return [item["id"] for item in items if item["control"] == "composer"]


def _queue(http: httpx.Client, conversation: str, text: str) -> None:
    answer = http.post(f"/conversations/{conversation}/messages", json={"text": text})
    assert answer.status_code == 202


def _statuses_when_drained(http: httpx.Client, queued: set[str]) -> dict[str, str]:
    """The statuses of our texts; each must stand in its conversation once."""
    give_up_at = time.monotonic() + _DRAINED_WITHIN
    while True:
        messages = [m for m in _messages(http) if m["text"] in queued]
        waiting = [message for message in messages if message["status"] == "queued"]
        if not waiting or time.monotonic() > give_up_at:
            break
        time.sleep(0.2)
    assert not waiting
    assert len(messages) == len(queued)
    return {message["text"]: message["status"] for message in messages}


def _messages(http: httpx.Client) -> Iterator[dict[str, Any]]:
    for conversation in _open_conversations(http):
        page = http.get(f"/conversations/{conversation}/messages", params={"limit": 100})
        yield from page.raise_for_status().json()["items"]
