"""Who may set up, change and switch off the second factor (X1)."""

from datetime import timedelta

import httpx
import pytest

from tests.api.two_factor.codes import CODE_PAGE, App, ask, door, enter, give_code, set_up
from tests.support.machine_time import Time
from tests.support.servers.routes_app import PASSWORD

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("what", ["begin", "codes", "off"])
async def test_it_is_changed_with_the_password_alone_and_guessing_that_is_slowed_down(
    marta: httpx.AsyncClient, time: Time, what: str
) -> None:
    if what != "begin":
        await set_up(marta, time)
    assert await ask(marta, what) == {"problem": "wrong"}
    guesses = [await ask(marta, what, password=f"guess {n}") for n in range(6)]
    assert guesses[-1] == {"problem": "wait"}


async def test_nobody_sets_up_anything_from_outside_or_from_another_site(
    account: int, marta: httpx.AsyncClient
) -> None:
    async with door() as stranger:
        for what in ("begin", "confirm", "codes", "off"):
            assert await ask(stranger, what, password=PASSWORD) == {"problem": "late"}
    elsewhere = {"origin": "https://evil.example"}
    answer = await marta.post("/two-factor/begin", data={"password": PASSWORD}, headers=elsewhere)
    assert answer.status_code == 403


async def test_what_was_begun_long_ago_is_begun_again(marta: httpx.AsyncClient, time: Time) -> None:
    app = App((await ask(marta, "begin", password=PASSWORD))["secret"], time)
    assert await ask(marta, "confirm", code=app.wrong()) == {"problem": "code"}
    time.now += timedelta(minutes=16)
    assert await ask(marta, "confirm", code=app.code()) == {"problem": "code"}
    await set_up(marta, time)


async def test_an_app_that_is_there_is_not_replaced_by_beginning_again(
    marta: httpx.AsyncClient, time: Time
) -> None:
    app, _ = await set_up(marta, time)
    assert await ask(marta, "begin", password=PASSWORD) == {"problem": "code"}
    async with door() as phone:
        await enter(phone)
        assert await give_code(phone, app.code()) == "/"


async def test_switched_off_the_password_opens_again(marta: httpx.AsyncClient, time: Time) -> None:
    _, codes = await set_up(marta, time)
    assert await ask(marta, "off", password=PASSWORD) == {}
    async with door() as phone:
        assert await enter(phone) == "/"
        assert await give_code(phone, codes[0]) == "/login?error=late"


async def test_new_recovery_codes_put_an_end_to_those_from_before(
    marta: httpx.AsyncClient, time: Time
) -> None:
    _, old = await set_up(marta, time)
    new = (await ask(marta, "codes", password=PASSWORD))["codes"]
    async with door() as phone:
        await enter(phone)
        assert await give_code(phone, old[0]) == f"{CODE_PAGE}&error=code"
        assert await give_code(phone, new[0]) == "/"
