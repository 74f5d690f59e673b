"""A table on its way in, as open tabs hear of it; only admins do (A3)."""

import httpx

from tests.isolation.conftest import AGENTS_COOKIE, INTRUDERS_COOKIE, OWNERS_COOKIE, Companies
from tests.support.patience import PATIENCE
from tests.support.servers.tab_socket import wire_tab

_STATE = "reflex___state____state.inbox_app___pages___imports___state____imports_state"
_TABLE = "Chiave;Nome;Codice porta\nquercia;Casa Quercia;2741#\n;;9\n"


def _taken_in(companies: Companies) -> str:
    """The id of the import of a table with a wrong line."""
    answer = httpx.post(
        f"{companies.url}/imports/files?kind=accommodations",
        content=_TABLE.encode(),
        headers={"cookie": OWNERS_COOKIE, "sec-fetch-site": "same-origin"},
        timeout=PATIENCE,
    )
    return answer.json()["import"]


def test_a_tab_follows_an_import_from_its_columns_to_its_undoing(companies: Companies) -> None:
    before = companies.dump()["accommodation"]
    path = f"/imports/{_taken_in(companies)}"
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab:
        heard = tab.load()
        assert '"state":"mapping"' in heard
        assert "2741" not in heard
        tab.ask(f"{_STATE}.map_column", {"column": "0", "field": ""}, until='"field":""')
        tab.ask(
            f"{_STATE}.map_column", {"column": "0", "field": "external_id"}, until="external_id"
        )
        tab.ask(f"{_STATE}.check", {}, until='"state":"checked"')
        refused = {"outcome": "refused", "after": 0}
        assert "missing" in tab.ask(f"{_STATE}.list_lines", refused, until='"why":"missing"')
        tab.ask(f"{_STATE}.run", {"without_refused": False}, until='"refused_step_rx_state_":true')
        tab.ask(f"{_STATE}.run", {"without_refused": True}, until='"state":"imported"')
        assert len(companies.dump()["accommodation"]) == len(before) + 1
        tab.ask(f"{_STATE}.undo", {}, until='"state":"undone"')
    assert companies.dump()["accommodation"] == before


def test_agents_and_other_companies_see_nothing_of_it(companies: Companies) -> None:
    path = f"/imports/{_taken_in(companies)}"
    before = companies.dump()["data_import"]
    for cookie in (AGENTS_COOKIE, INTRUDERS_COOKIE):
        with wire_tab(companies.url, path=path, cookie=cookie) as tab:
            heard = tab.load()
            tab.fire(f"{_STATE}.check", {})
            tab.settle()
            assert "Casa Quercia" not in heard + tab.heard
            assert '"state":"mapping"' not in heard + tab.heard
    assert companies.dump()["data_import"] == before
