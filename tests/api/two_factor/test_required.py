"""A second factor that the company requires, and one that was lost (X1)."""

import httpx
import pytest
from sqlmodel import select

from inbox_app import clock, sessions, vault
from inbox_app.database import Database
from inbox_app.models import RecoveryCode, Role, TwoFactor
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import accounts, people
from inbox_app.services.accounts import two_factor as services
from inbox_app.services.accounts.accounts import NewUser
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
from tests.support.servers.routes_app import MARTA, PASSWORD, PASSWORD_HASH

pytestmark = pytest.mark.anyio


async def test_who_must_have_one_sets_it_up_before_coming_in(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time
) -> None:
    async with sqlite.transaction() as session:
        luca = NewUser(email="luca@example.com", password_hash=PASSWORD_HASH, role=Role.AGENT)
        await accounts.create_user(session, account, luca, clock.real_now())
    async with door() as luca:
        assert await enter(luca, "luca@example.com") == "/"
        await set_up(marta, time)
        await require(sqlite, marta, required=True)
        assert await inside(luca) is None
        assert await enter(luca, "luca@example.com") == "/login?step=set_up"
        assert await inside(luca) is None
        assert await ask(luca, "off", password=PASSWORD) == {"problem": "late"}
        app = App((await ask(luca, "begin"))["secret"], time)
        assert await ask(luca, "confirm", code=app.wrong()) == {"problem": "code"}
        assert len((await ask(luca, "confirm", code=app.code()))["codes"]) == 10
        assert await inside(luca) is not None
        assert await ask(luca, "off", password=PASSWORD) == {"problem": "two_factor_required"}
    assert await inside(marta) is not None


async def require(database: Database, who: httpx.AsyncClient, *, required: bool) -> None:
    admin = await inside(who)
    assert admin is not None
    async with database.transaction() as session:
        await services.require(session, admin, required=required, now=clock.real_now())
    await sessions.drop_ended()


async def test_an_admin_requires_of_others_only_what_they_have_themselves(
    sqlite: Database, marta: httpx.AsyncClient, time: Time
) -> None:
    with pytest.raises(services.AccountRefusedError):
        await require(sqlite, marta, required=True)
    await set_up(marta, time)
    await require(sqlite, marta, required=True)
    await require(sqlite, marta, required=False)
    assert await ask(marta, "off", password=PASSWORD) == {}


async def test_a_colleague_who_lost_the_phone_is_out_and_comes_in_with_the_password(
    sqlite: Database, account: int, marta: httpx.AsyncClient, time: Time
) -> None:
    await set_up(marta, time)
    async with sqlite.transaction() as session:
        person = await people.by_email(session, account, MARTA)
        assert await services.reset(session, person, time.now) == 1
    await sessions.drop_ended()
    assert await inside(marta) is None
    async with door() as phone:
        assert await enter(phone) == "/"
    async with sqlite.transaction() as session:
        person = await people.by_email(session, account, MARTA)
        with pytest.raises(services.AccountRefusedError):
            await services.reset(session, person, time.now)
        assert (await session.exec(select(RecoveryCode))).all() == []


async def test_with_another_secret_key_no_code_fits_and_nothing_crashes(
    sqlite: Database, marta: httpx.AsyncClient, time: Time
) -> None:
    app, codes = await set_up(marta, time)
    async with door() as phone:
        await enter(phone)
        async with sqlite.transaction() as session:
            row = (await session.exec(select(TwoFactor))).one()
            row.secret = vault.Vault("another key").encrypt("JBSWY3DPEHPK3PXP")
        assert await give_code(phone, app.code()) == f"{CODE_PAGE}&error=code"
        assert await give_code(phone, codes[0]) == "/"
    assert current_runtime().vault.decrypt_or_none("x") is None
