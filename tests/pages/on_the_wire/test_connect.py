"""The wizard and the settings over the wire: agents are refused, secrets never come out."""

import pytest

from tests.isolation.conftest import AGENTS_COOKIE, OWNERS_COOKIE, Companies
from tests.support.servers.tab_socket import wire_tab

_STATES = "reflex___state____state.inbox_app___pages___"
CONNECT = f"{_STATES}connect___state____connect_state"
SETTINGS = f"{_STATES}settings___state____settings_state"
PIN = f"{_STATES}shared___number_pin____pin_state"
TOKEN = "EAAverysecretaccesstoken"

FORM = {"phone_number_id": "1", "waba_id": "2", "token": TOKEN, "pin": "123456"}
CALLS = [
    (f"{CONNECT}.check_off", {"requirement": "profile", "held": True}),
    (f"{CONNECT}.accept_contract", {}),
    (f"{CONNECT}.connect_by_hand", {"form": FORM}),
    (f"{CONNECT}.connect_by_facebook", {"code": "x", "waba_id": "2", "phone_number_id": "1"}),
    (f"{CONNECT}.retry", {"form": FORM}),
    (f"{CONNECT}.choose_number", {"phone_number_id": "1"}),
    (f"{CONNECT}.change", {}),
    (f"{CONNECT}.renew", {}),
    (f"{SETTINGS}.check_now", {}),
    (f"{SETTINGS}.disconnect", {}),
    (f"{SETTINGS}.dismiss_notice", {"notice_id": "1"}),
    (f"{PIN}.toggle", {}),
]


def test_an_agent_changes_nothing_of_the_connection(companies: Companies) -> None:
    before = companies.dump()
    for path in ("/connect", "/settings"):
        with wire_tab(companies.url, path=path, cookie=AGENTS_COOKIE) as tab:
            tab.load()
            for handler, arguments in CALLS:
                tab.fire(handler, arguments)
            tab.settle()
    assert companies.dump() == before


def test_an_agent_is_told_nothing_of_how_to_connect(companies: Companies) -> None:
    with wire_tab(companies.url, path="/connect", cookie=AGENTS_COOKIE) as tab:
        heard = tab.load()
    assert '"may_rx_state_":true' not in heard
    assert '"mode":"connected"' not in heard


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        (FORM | {"token": "two words"}, "token"),
        (FORM | {"token": "x" * 5000}, "token"),
        (FORM | {"token": ""}, "token"),
        (FORM | {"pin": "12a456"}, "pin"),
    ],
)
def test_what_is_typed_wrong_is_named_and_the_token_does_not_come_back(
    companies: Companies, form: dict[str, str], problem: str
) -> None:
    with wire_tab(companies.url, path="/connect", cookie=OWNERS_COOKIE) as tab:
        assert '"mode":"connected"' in tab.load()
        tab.ask(f"{CONNECT}.connect_by_hand", {"form": form}, until=f'"{problem}"')
    assert TOKEN not in tab.heard
