"""Connecting at the command line is the wizard's way: the same row, moved on by the same steps
(C3, C4)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from inbox_app.cli.whatsapp import connected
from inbox_app.database import Database
from inbox_app.domain.connecting import Step
from inbox_app.jobs import connect_queue
from inbox_app.live import Queue
from inbox_app.models import AuditEntry, ConnectionSetup, SetupState
from inbox_app.sandbox.simulator.people import TOKEN
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.connect import ConnectError
from inbox_app.vault import Vault
from inbox_app.workflows import connect_number
from tests.support.connecting import NEW, SECOND, ConnectHarness, connect_harness

pytestmark = pytest.mark.anyio

PIN = "271828"


@pytest.fixture
async def harness(sqlite: Database, now: datetime, tmp_path: Path) -> AsyncIterator[ConnectHarness]:
    async with connect_harness(sqlite, now, tmp_path) as harness:
        yield harness


async def test_the_command_leaves_the_row_that_the_wizard_leaves_and_asks_meta_the_same(
    harness: ConnectHarness, now: datetime
) -> None:
    await harness.all_but_the_number()
    await harness.by_hand(SECOND)
    await harness.drain()
    by_the_wizard, asked = _said(await harness.setup()), harness.asked()
    async with harness.database.transaction() as session:
        await connect.disconnect(session, harness.account_id, now)
    harness.meta.wire.calls.clear()

    await harness.at_the_command_line(SECOND)

    assert harness.asked() == asked
    assert _said(await harness.setup()) == by_the_wizard
    requested = [row for row in await harness.all(AuditEntry) if row.what == "connection.requested"]
    assert [(row.user_id, row.details.get("by")) for row in requested] == [
        (harness.user_id, None),
        (None, "command line"),
    ]


def _said(setup: ConnectionSetup) -> dict[str, Any]:
    """All but who did it, when and in which language."""
    who = {"id", "started_by", "updated_at"}
    accepted = {"contract_accepted_at", "contract_accepted_by", "contract_language"}
    return setup.model_dump(exclude=who | accepted)


async def test_a_refusal_leaves_the_row_for_the_wizard_to_go_on_with(
    harness: ConnectHarness,
) -> None:
    with pytest.raises(ConnectError, match="checking the token"):
        await harness.at_the_command_line(SECOND, token="EAAwrongwrongwrong")
    setup = await harness.setup()
    assert (setup.state, setup.failed_step) == (SetupState.FAILED, Step.TOKEN)

    await harness.retry(token=TOKEN)
    await harness.drain()
    assert (await harness.connection()).external_id == SECOND.phone_number_id


async def test_the_command_goes_on_after_its_own_refusal(harness: ConnectHarness) -> None:
    with pytest.raises(ConnectError):
        await harness.at_the_command_line(SECOND, token="EAAwrongwrongwrong")
    made = await harness.at_the_command_line(SECOND)
    assert made.connection.display_address == SECOND.display


async def test_another_number_and_nobodys_account_are_refused_before_a_row_is_written(
    harness: ConnectHarness, now: datetime
) -> None:
    nobody = replace(harness, account_id=4711)
    with pytest.raises(ConnectError, match="no such account"):
        await nobody.at_the_command_line(SECOND)
    assert await nobody.all(ConnectionSetup) == []

    await harness.at_the_command_line(SECOND)
    before = (await harness.setup()).model_dump()
    with pytest.raises(ConnectError, match="exactly one number"):
        await harness.at_the_command_line(NEW)
    assert (await harness.setup()).model_dump() == before


async def test_what_was_begun_and_cut_short_has_its_end_first(harness: ConnectHarness) -> None:
    await harness.all_but_the_number()
    await harness.by_hand(NEW)
    with pytest.raises(ConnectError, match="exactly one number"):
        await harness.at_the_command_line(SECOND)
    assert (await harness.connection()).external_id == NEW.phone_number_id


@asynccontextmanager
async def a_server(harness: ConnectHarness) -> AsyncIterator[None]:
    """With the lease, and so with its loop at work."""
    stopping = asyncio.Event()
    loop = asyncio.create_task(connect_queue.run(harness.runtime, lambda: True, stopping))
    yield
    stopping.set()
    harness.runtime.live.wake(Queue.CONNECT)
    await loop


async def test_a_server_may_move_on_what_the_command_has_begun(
    harness: ConnectHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both take the steps: each counts once, and a new number gets one two-step code."""
    take = connect_number.advance_setup.next_job

    async def both_see_it(*args: Any) -> Any:
        job = await take(*args)
        harness.runtime.live.wake(Queue.CONNECT)
        await asyncio.sleep(0.01)
        return job

    monkeypatch.setattr(connect_number.advance_setup, "next_job", both_see_it)
    async with a_server(harness):
        made = await harness.at_the_command_line(NEW)

    registered = [call for call in harness.meta.wire.calls if call.url.path.endswith("/register")]
    pins = {json.loads(call.content)["pin"] for call in registered}
    assert len(registered) == 2
    assert pins == {harness.runtime.vault.decrypt(made.pin_encrypted)}
    assert (await harness.setup()).state is SetupState.DONE
    told = [entry.what for entry in await harness.all(AuditEntry)]
    assert told == ["connection.requested", "connection.connected"]


async def test_a_server_that_cannot_read_the_token_is_said_so(harness: ConnectHarness) -> None:
    elsewhere = replace(harness, runtime=replace(harness.runtime, vault=Vault("another" * 8)))
    with pytest.raises(ConnectError, match="the same SECRET_KEY"):
        await connected(harness.runtime, harness.account_id, elsewhere.typed(SECOND))


async def test_the_code_with_which_a_number_was_registered_is_told(
    harness: ConnectHarness, capsys: pytest.CaptureFixture[str]
) -> None:
    made = await harness.at_the_command_line(NEW)
    assert harness.runtime.vault.decrypt(made.pin_encrypted) in capsys.readouterr().err


async def test_a_code_that_meta_may_have_set_is_told_though_she_did_not_answer(
    harness: ConnectHarness, capsys: pytest.CaptureFixture[str]
) -> None:
    harness.break_meta(graph=["", "", "", "", "html_502"])

    with pytest.raises(ConnectError):
        await harness.at_the_command_line(NEW, pin=PIN)

    assert harness.asked()[-1].endswith("/register")
    assert PIN in capsys.readouterr().err
