"""Each code of the app and each recovery code opens once (X1)."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pyotp.totp import TOTP
from sqlmodel import select

from inbox_app import clock
from inbox_app.api.sign_in import second_step
from inbox_app.database import Database
from inbox_app.models import AuditEntry, RecoveryCode, TwoFactor
from tests.api.two_factor.codes import (
    CODE_PAGE,
    App,
    ask,
    door,
    enter,
    give_code,
    inside,
    set_up,
)
from tests.support.machine_time import Time
from tests.support.servers.routes_app import PASSWORD, make_account, running

pytestmark = pytest.mark.anyio


async def test_once_it_is_set_up_the_password_alone_opens_nothing(
    marta: httpx.AsyncClient, time: Time
) -> None:
    app, codes = await set_up(marta, time)
    assert len(set(codes)) == 10
    async with door() as phone:
        assert await enter(phone, next="/inbox/7") == f"{CODE_PAGE}&next=%2Finbox%2F7"
        assert await inside(phone) is None
        spaced = f" {app.code()[:3]} {app.code()[3:]} "
        assert await give_code(phone, spaced, next="/inbox/7") == "/inbox/7"
        assert await inside(phone) is not None
        assert second_step.COOKIE not in phone.cookies


async def test_setting_it_up_leaves_this_device_alone_signed_in(
    marta: httpx.AsyncClient, time: Time
) -> None:
    async with door() as phone:
        await enter(phone)
        await set_up(marta, time)
        assert await inside(phone) is None
    assert await inside(marta) is not None


async def test_a_code_opens_once(marta: httpx.AsyncClient, time: Time) -> None:
    app, _ = await set_up(marta, time)
    code = app.code()
    async with door() as one, door() as other:
        await enter(one)
        await enter(other)
        assert await give_code(one, code) == "/"
        assert await give_code(other, code) == f"{CODE_PAGE}&error=code"
        before = app.code(seconds_off=-30)
        assert await give_code(other, before) == f"{CODE_PAGE}&error=code"
        assert await inside(other) is None


async def test_the_code_that_set_it_up_opens_nothing(marta: httpx.AsyncClient, time: Time) -> None:
    secret = (await ask(marta, "begin", password=PASSWORD))["secret"]
    code = App(secret, time).code()
    await ask(marta, "confirm", code=code)
    async with door() as phone:
        await enter(phone)
        assert await give_code(phone, code) == f"{CODE_PAGE}&error=code"


@pytest.mark.parametrize(
    ("seconds_off", "opens"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
async def test_a_phones_clock_may_be_half_a_minute_off(
    marta: httpx.AsyncClient, time: Time, seconds_off: int, opens: bool
) -> None:
    app, _ = await set_up(marta, time)
    time.now += timedelta(minutes=5)
    async with door() as phone:
        await enter(phone)
        await give_code(phone, app.code(seconds_off=seconds_off))
        assert (await inside(phone) is not None) is opens


async def test_a_recovery_code_opens_once_however_it_is_typed(
    sqlite: Database, marta: httpx.AsyncClient, time: Time
) -> None:
    _, codes = await set_up(marta, time)
    async with door() as one, door() as other:
        await enter(one)
        await enter(other)
        assert await give_code(one, codes[0].upper().replace("-", " ")) == "/"
        assert await give_code(other, codes[0]) == f"{CODE_PAGE}&error=code"
        assert await give_code(other, codes[1]) == "/"
    async with sqlite.reading() as session:
        noted = [entry.what for entry in (await session.exec(select(AuditEntry))).all()]
    assert noted == ["user.two_factor_on", "user.recovery_code_used", "user.recovery_code_used"]


@pytest.mark.postgresql("a race of two updates")
async def test_of_two_who_come_with_one_code_at_once_one_is_let_in(
    database: Database, tmp_path: Path, time: Time
) -> None:
    async with running(database, tmp_path), door() as marta:
        await make_account(database)
        await enter(marta)
        app, codes = await set_up(marta, time)
        for code in (app.code(), codes[0]):
            async with door() as one, door() as other:
                await enter(one)
                await enter(other)
                ends = await asyncio.gather(give_code(one, code), give_code(other, code))
            assert sorted(ends) == ["/", f"{CODE_PAGE}&error=code"]


async def test_neither_secret_nor_recovery_codes_can_be_read_in_the_database(
    sqlite: Database, marta: httpx.AsyncClient
) -> None:
    begun = await marta.post("/two-factor/begin", data={"password": PASSWORD})
    secret = begun.json()["secret"]
    assert begun.headers["cache-control"] == "no-store"
    assert begun.json()["qr"].startswith("data:image/svg+xml")
    codes = (await ask(marta, "confirm", code=TOTP(secret).at(clock.real_now())))["codes"]
    async with sqlite.reading() as session:
        kept = [
            *(await session.exec(select(TwoFactor))).all(),
            *(await session.exec(select(RecoveryCode))).all(),
            *(await session.exec(select(AuditEntry))).all(),
        ]
    assert len(kept) == 12
    for told in (secret, *codes, *(code.replace("-", "") for code in codes)):
        assert told not in repr(kept)
