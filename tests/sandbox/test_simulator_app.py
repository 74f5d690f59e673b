"""The simulator is there in sandbox mode, for who sits at the machine, and nowhere else (X5)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from inbox_app.config import settings
from inbox_app.runtime import start_runtime, stop_runtime
from inbox_app.sandbox import simulator_app
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN

pytestmark = pytest.mark.anyio
GRAPH = f"/sandbox/graph/v25.0/{DEMO_NUMBER.phone_number_id}"
TOKEN_HEADER = {"Authorization": f"Bearer {TOKEN}"}


@asynccontextmanager
async def served(
    sqlite_url: str, folder: Path, *, sandbox: str, client: str = "127.0.0.1", **given: Any
) -> AsyncIterator[httpx.AsyncClient]:
    configured = settings.load(
        None,
        data_dir=folder,
        database_url=sqlite_url,
        sandbox=sandbox,
        secret_key="k" * 40,
        **given,
    )
    start_runtime(configured)
    transport = httpx.ASGITransport(Starlette(routes=simulator_app.routes()), client=(client, 1))
    try:
        async with (
            simulator_app.run_simulator(),
            httpx.AsyncClient(transport=transport, base_url="http://us") as http,
        ):
            yield http
    finally:
        await stop_runtime()


async def test_in_sandbox_mode_the_graph_api_answers(sqlite_url: str, tmp_path: Path) -> None:
    async with served(sqlite_url, tmp_path, sandbox="1") as http:
        answer = await http.get(GRAPH, headers=TOKEN_HEADER)

    assert answer.json()["display_phone_number"] == DEMO_NUMBER.display


async def test_outside_sandbox_mode_there_is_nothing(sqlite_url: str, tmp_path: Path) -> None:
    async with served(sqlite_url, tmp_path, sandbox="0") as http:
        answers = [
            await http.get(GRAPH, headers=TOKEN_HEADER),
            await http.post("/sandbox/faults", json={"sends": ["190"]}),
        ]
        assert simulator_app.simulator_for("127.0.0.1") is None

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_another_machine_reaches_neither_faults_nor_phones(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with served(sqlite_url, tmp_path, sandbox="1", client="192.0.2.7") as http:
        answers = [
            await http.post("/sandbox/faults", json={"sends": ["190"]}),
            await http.get(GRAPH, headers=TOKEN_HEADER),
        ]
        assert simulator_app.simulator_for("192.0.2.7") is None
        assert simulator_app.simulator_for(None) is None
        assert simulator_app.simulator_for("::1") is simulator_app.simulator()

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_a_proxy_on_this_machine_does_not_make_its_visitors_sit_here(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with served(sqlite_url, tmp_path, sandbox="1", trusted_proxy_hops=1) as http:
        visitor = {"x-forwarded-for": "192.0.2.7"}
        answers = [
            await http.get("/sandbox/faults", headers=visitor),
            await http.get(GRAPH, headers=TOKEN_HEADER | visitor),
            await http.get(GRAPH, headers=TOKEN_HEADER),
        ]

    assert [answer.status_code for answer in answers] == [404, 404, 200]


async def test_faults_are_set_read_and_cleared(sqlite_url: str, tmp_path: Path) -> None:
    async with served(sqlite_url, tmp_path, sandbox="1") as http:
        set_ = await http.post("/sandbox/faults", json={"sends": ["html_502"], "duplicate": True})
        wrong = await http.post("/sandbox/faults", json={"nonsense": True})
        no_object = await http.post("/sandbox/faults", json=[1])
        from_a_form = await http.post("/sandbox/faults", data={"sends": "html_502"})
        read = await http.get("/sandbox/faults")
        cleared = await http.delete("/sandbox/faults")

    assert (set_.json()["sends"], read.json()["duplicate"]) == (["html_502"], True)
    assert (wrong.status_code, no_object.status_code, from_a_form.status_code) == (400, 400, 415)
    assert not any(cleared.json().values())
