"""Whoever knows a tab's token, and says nothing, hears nothing of what its owner is sent."""

from uuid import uuid4

import pytest

from tests.isolation.conftest import (
    AGENTS_COOKIE,
    INTRUDERS_COOKIE,
    OWNERS_COOKIE,
    SECRET,
    Companies,
)
from tests.support.servers.tab_socket import wire_tab


@pytest.mark.parametrize("cookie", ["", "sid=made-up", INTRUDERS_COOKIE, AGENTS_COOKIE])
def test_a_silent_socket_with_the_token_of_a_tab_hears_none_of_its_news(
    companies: Companies, cookie: str
) -> None:
    token, path = str(uuid4()), f"/inbox/{companies.conversation_id}"
    with (
        wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE, token=token) as owners,
        wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as witness,
    ):
        owners.load()
        witness.load()
        with wire_tab(companies.url, path=path, cookie=cookie, token=token) as silent:
            news = _news(companies)
            assert news in owners.listen(news), "the owner's own socket goes on"
            silent.settle()
        owners.close()
        with wire_tab(companies.url, path=path, cookie=cookie, token=token) as alone:
            news = _news(companies)
            witness.listen(news)
            alone.settle()
    assert SECRET not in silent.heard
    assert SECRET not in alone.heard
    assert token not in companies.log.read_text()


def test_the_owner_comes_back_to_the_tab_that_somebody_sat_on(companies: Companies) -> None:
    token, path = str(uuid4()), f"/inbox/{companies.conversation_id}"
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE, token=token) as owners:
        owners.load()
    with (
        wire_tab(companies.url, path=path, cookie=INTRUDERS_COOKIE, token=token) as silent,
        wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE, token=token) as back,
    ):
        news = _news(companies)
        back.listen(news)
        silent.settle()
    assert SECRET not in silent.heard


def _news(companies: Companies) -> str:
    news = f"{SECRET} {uuid4()}"
    companies.receive(news)
    return news
