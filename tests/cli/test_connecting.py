"""Connecting at the command line, with the simulator in place of Meta."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from inbox_app.cli.whatsapp import connected
from inbox_app.database import Database
from inbox_app.sandbox.simulator.people import TOKEN, Number
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.check_number import Wanted
from inbox_app.services.connecting.connect import ConnectError
from tests.support.connecting import NEW, SECOND, FrontOffice, a_front_office

pytestmark = pytest.mark.anyio

PIN = "271828"


@pytest.fixture
async def office(sqlite: Database, now: datetime, tmp_path: Path) -> AsyncIterator[FrontOffice]:
    async with a_front_office(sqlite, now, tmp_path) as office:
        yield office


async def at_the_command_line(office: FrontOffice, number: Number) -> None:
    ids = {"phone_number_id": number.phone_number_id, "waba_id": number.waba_id}
    await connected(office.runtime, office.account_id, Wanted(**ids, token=TOKEN, pin=PIN))


async def test_meta_is_asked_what_the_wizard_asks_in_its_order(
    office: FrontOffice, now: datetime
) -> None:
    await office.all_but_the_number()
    await office.by_hand(SECOND)
    await office.drain()
    by_the_wizard = office.asked()
    async with office.database.transaction() as session:
        await connect.disconnect(session, office.account_id, now)
    office.meta.wire.calls.clear()

    await at_the_command_line(office, SECOND)

    assert office.asked() == by_the_wizard


async def test_a_code_that_meta_may_have_set_is_told_though_she_did_not_answer(
    office: FrontOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    office.break_meta(graph=["", "", "", "", "html_502"])

    with pytest.raises(ConnectError):
        await at_the_command_line(office, NEW)

    assert office.asked()[-1].endswith("/register")
    assert PIN in capsys.readouterr().err
