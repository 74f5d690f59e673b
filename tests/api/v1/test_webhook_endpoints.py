"""Webhook endpoints over the API (A3)."""

import pytest

from tests.api.two_companies import Installation, assert_problem

pytestmark = pytest.mark.anyio

URL = "https://pms.example.com/hooks"


async def _made(here: Installation, **more: object) -> dict[str, str]:
    answer = await here.pms.post("/webhook_endpoints", json={"url": URL} | more)
    assert answer.status_code == 201
    return answer.json()


async def test_an_endpoint_is_made_changed_rotated_and_removed(here: Installation) -> None:
    made = await _made(here, events=["message.received"])
    assert made["secret"].startswith("whsec_")
    path = f"/webhook_endpoints/{made['id']}"
    shown = (await here.pms.get(path)).json()
    assert (shown["url"], shown["events"], shown["switched_off"]) == (
        URL, ["message.received"], None,
    )  # fmt: skip
    assert "secret" not in shown
    assert (await here.pms.get("/webhook_endpoints")).json()["items"] == [shown]
    off = (await here.pms.patch(path, json={"active": False, "url": URL + "/2"})).json()
    assert (off["switched_off"], off["url"]) == ("person", URL + "/2")
    on = (await here.pms.patch(path, json={"active": True})).json()
    assert on["switched_off"] is None
    rotated = (await here.pms.post(f"{path}/rotate")).json()
    assert rotated["secret"] not in {made["secret"], ""}
    assert (await here.pms.delete(path)).status_code == 204
    assert_problem(await here.pms.get(path), 404, "not-found")


async def test_all_events_are_told_unless_some_are_named(here: Installation) -> None:
    made = await _made(here)
    assert "window.closing" in made["events"]
    assert "webhook.test" not in made["events"]
    for events in ([], ["webhook.test"], ["nothing"]):
        refused = await here.pms.post("/webhook_endpoints", json={"url": URL, "events": events})
        assert_problem(refused, 422, "invalid")


async def test_addresses_that_are_not_on_the_internet_are_refused(here: Installation) -> None:
    for url in ("http://pms.example.com", "https://10.0.0.1/", "https://localhost/", "nonsense"):
        assert_problem(await here.pms.post("/webhook_endpoints", json={"url": url}), 422, "invalid")


async def test_there_are_no_more_than_twenty(here: Installation) -> None:
    for _ in range(20):
        await _made(here)
    one_more = await here.pms.post("/webhook_endpoints", json={"url": URL})
    assert_problem(one_more, 409, "too-many")


async def test_deliveries_are_listed_and_tried_again(here: Installation) -> None:
    made = await _made(here)
    path = f"/webhook_endpoints/{made['id']}"
    assert (await here.pms.post(f"{path}/test")).status_code == 202
    assert (await here.pms.get(f"{path}/deliveries")).json() == {"items": [], "next_cursor": None}
    assert_problem(await here.pms.post(f"{path}/deliveries/9/retry"), 404, "not-found")


async def test_another_companys_are_not_there(here: Installation) -> None:
    path = f"/webhook_endpoints/{(await _made(here))['id']}"
    assert (await here.other.get("/webhook_endpoints")).json()["items"] == []
    for method, end in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/rotate"), ("POST", "/test"),
        ("GET", "/deliveries"), ("POST", "/deliveries/1/retry"),
    ):  # fmt: skip
        body = {"active": False} if method == "PATCH" else None
        answer = await here.other.request(method, path + end, json=body)
        assert_problem(answer, 404, "not-found")
