"""Who is at a conversation is told to colleagues, to nobody of another company (X1)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from tests.isolation.conftest import AGENTS_COOKIE, INTRUDERS_COOKIE, OWNERS_COOKIE, Companies
from tests.support.servers.tab_socket import WireTab, wire_tab

HERE = (
    "reflex___state____state.inbox_app___pages___inbox___foot___presence_state____presence_state"
    ".here"
)
TYPING, NOBODY = '"doing":"typing"', '"others_rx_state_":[]'


def _tab(companies: Companies, cookie: str) -> AbstractContextManager[WireTab]:
    return wire_tab(companies.url, path=f"/inbox/{companies.conversation_id}", cookie=cookie)


@pytest.fixture
def owner(companies: Companies) -> Iterator[WireTab]:
    """A tab of the owner's, who looks at the conversation."""
    with _tab(companies, OWNERS_COOKIE) as tab:
        tab.load()
        _say(tab, companies, "looking")
        yield tab


@pytest.fixture
def agent(companies: Companies) -> Iterator[WireTab]:
    """A tab of a colleague's, who has said nothing yet, and leaves before the next test."""
    with _tab(companies, AGENTS_COOKIE) as tab:
        tab.load()
        yield tab
        _say(tab, companies, "away")


def _say(tab: WireTab, companies: Companies, doing: object) -> None:
    tab.fire(HERE, {"thread": companies.conversation_id, "doing": doing})
    tab.settle()


def test_a_colleague_is_told_and_what_the_intruder_says_of_the_same_id_meets_nobody(
    companies: Companies, owner: WireTab, agent: WireTab
) -> None:
    with _tab(companies, INTRUDERS_COOKIE) as intruder:
        intruder.load()
        _say(intruder, companies, "typing")
        _say(agent, companies, "typing")
        assert owner.listen(TYPING).count('"doing":') == 1
        _say(agent, companies, "looking")
        assert TYPING not in owner.listen('"doing":"looking"')
        _say(intruder, companies, "looking")
    assert "doing" not in intruder.heard
    assert "doing" in agent.heard


def test_who_is_not_signed_in_is_nowhere(
    companies: Companies, owner: WireTab, agent: WireTab
) -> None:
    with _tab(companies, "") as nobody:
        nobody.load()
        _say(nobody, companies, "typing")
        _say(agent, companies, "looking")
        assert owner.listen('"doing":').count('"doing":') == 1
    assert "doing" not in nobody.heard


@pytest.mark.parametrize("doing", ["gone", "dancing", "", None, 1, ["typing"], {"a": 1}])
def test_a_browser_says_only_what_a_person_can_do(
    companies: Companies, owner: WireTab, agent: WireTab, doing: object
) -> None:
    _say(agent, companies, "typing")
    owner.listen(TYPING)
    _say(agent, companies, doing)
    _say(agent, companies, "away")
    assert '"doing":' not in owner.listen(NOBODY)


def test_who_closes_the_tab_vanishes(companies: Companies, owner: WireTab) -> None:
    with _tab(companies, AGENTS_COOKIE) as agent:
        agent.load()
        _say(agent, companies, "typing")
        owner.listen(TYPING)
    owner.listen(NOBODY)
