"""Meta gets her challenge back, when she knows our token."""

import httpx
import pytest

from inbox_app.api.webhook import PATH


async def test_meta_gets_its_challenge_back_when_it_knows_our_token(
    meta: httpx.AsyncClient,
) -> None:
    answer = await meta.get(PATH, params=verification())

    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "another"},
        {"hub.verify_token": ""},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": ""},
    ],
)
async def test_any_other_verification_is_refused(
    meta: httpx.AsyncClient, wrong: dict[str, str]
) -> None:
    answer = await meta.get(PATH, params=verification() | wrong)

    assert (answer.status_code, answer.text) == (403, "")


def verification() -> dict[str, str]:
    return {
        "hub.mode": "subscribe",
        "hub.challenge": "1158201444",
        "hub.verify_token": "a word we agreed on",
    }


async def test_other_methods_are_not_for_here(meta: httpx.AsyncClient) -> None:
    assert (await meta.put(PATH)).status_code == 405
