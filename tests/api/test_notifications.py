"""A device says whether it is notified, and where (N1)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from inbox_app.api import notifications
from inbox_app.api.sign_in import auth
from inbox_app.database import Database
from inbox_app.models import NotifiedDevice
from tests.support.intake import open_inbox
from tests.support.servers.push_service import Browser
from tests.support.servers.routes_app import MARTA, PASSWORD, browser, make_account, running

pytestmark = pytest.mark.anyio
DEVICE = "/notifications/device"


@dataclass
class Desk:
    """Marta on two devices."""

    database: Database
    phone: httpx.AsyncClient
    desk: httpx.AsyncClient

    async def devices(self) -> list[NotifiedDevice]:
        return list(await open_inbox(self.database).all(NotifiedDevice))


@pytest.fixture
async def marta(sqlite: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running(sqlite, tmp_path):
        await make_account(sqlite)
        devices = [browser([*auth.routes(), *notifications.routes()]) for _ in range(2)]
        for each in devices:
            await each.post("/auth/sign-in", data={"email": MARTA, "password": PASSWORD})
        yield Desk(sqlite, *devices)
        for each in devices:
            await each.aclose()


async def test_a_browser_subscribes_for_the_installations_key(marta: Desk) -> None:
    key = (await marta.phone.get("/notifications/key")).json()["key"]
    assert len(key) == 87
    answer = await marta.phone.put(
        DEVICE, json=Browser("https://push.example.com/1").subscription()
    )
    assert answer.status_code == 204
    (device,) = await marta.devices()
    assert device.endpoint == "https://push.example.com/1"


async def test_without_a_push_service_a_device_is_told_in_its_pages(marta: Desk) -> None:
    assert (await marta.phone.put(DEVICE, json={})).status_code == 204
    (device,) = await marta.devices()
    assert device.endpoint is None
    assert (await marta.phone.post("/notifications/test")).json() == {"problem": "no_subscription"}


async def test_switching_one_off_leaves_the_other(marta: Desk) -> None:
    await marta.phone.put(DEVICE, json={})
    (phone,) = await marta.devices()
    await marta.desk.put(DEVICE, json={})
    await marta.phone.delete(DEVICE)
    (left,) = await marta.devices()
    assert left.session_id != phone.session_id


async def test_nonsense_is_refused_and_changes_nothing(marta: Desk) -> None:
    wrong = Browser("http://push.example.com/1").subscription()
    assert (await marta.phone.put(DEVICE, json=wrong)).status_code == 422
    for body in (b"\xff", b"{", b"[" * 4_000, b"x" * 20_000, b"1" * 5_000):
        assert (await marta.phone.put(DEVICE, content=body)).status_code in {400, 413}
    for body in (b"[]", b'{"endpoint": 1, "keys": []}', b'{"endpoint": "x", "keys": {"auth": {}}}'):
        assert (await marta.phone.put(DEVICE, content=body)).status_code in {204, 422}
    assert [each.endpoint for each in await marta.devices()] == [None]


async def test_strangers_and_other_sites_get_nowhere(marta: Desk) -> None:
    stranger = {"cookie": "sid=nobody"}
    for method, path in (("PUT", DEVICE), ("DELETE", DEVICE), ("POST", "/notifications/test")):
        elsewhere = {"origin": "https://evil.example"}
        assert (await marta.phone.request(method, path, headers=elsewhere)).status_code == 403
    async with browser(notifications.routes()) as nobody:
        for path in ("/notifications/key", DEVICE):
            method = "PUT" if path == DEVICE else "GET"
            assert (await nobody.request(method, path, headers=stranger)).status_code == 401
    assert await marta.devices() == []
