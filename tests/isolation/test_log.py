"""What strangers can have written into the log: a bounded number of lines, none of their making."""

from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus

from tests.isolation.conftest import Companies
from tests.support.servers.tab_socket import HYDRATE, wire_tab

_FORGED = "2026-11-26 20:00:00,000 ERROR inbox_app.vault: the key is lost"
_NO_EVENTS: list[object] = [
    _FORGED,
    f"\n{_FORGED}" * 1000,
    [],
    None,
    {},
    {"name": f"no.such\n{_FORGED}", "payload": {}, "router_data": {}},
    {"name": HYDRATE, "payload": "x" * 100_000, "router_data": {}},
    {"name": HYDRATE, "payload": {}, "router_data": {"pathname": 7, "query": _FORGED}},
    {"name": HYDRATE, "payload": {}, "router_data": [_FORGED]},
]


def test_a_socket_that_names_no_tab_is_refused(companies: Companies) -> None:
    with pytest.raises(InvalidStatus), wire_tab(companies.url, token=""):
        pass


def test_what_is_no_event_leaves_a_bounded_log_and_none_of_its_words(companies: Companies) -> None:
    before = len(companies.log.read_text())
    for _ in range(3):
        with wire_tab(companies.url, token=str(uuid4())) as tab:
            for nonsense in _NO_EVENTS * 10:
                tab.send(nonsense)
            tab.settle()
    told = companies.log.read_text()[before:]
    assert "no event of ours" in told
    assert "the key is lost" not in told
    assert len(told) < 40_000
