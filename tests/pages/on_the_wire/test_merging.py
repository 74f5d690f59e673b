"""Actors made one and parted again, and what is said where they cannot be (A3)."""

import sqlite3

from tests.isolation.conftest import OWNERS_COOKIE, Companies
from tests.support.servers.tab_socket import WireTab, wire_tab

MERGE = "reflex___state____state.inbox_app___pages___actors___merge_state____merge_state"


def stored(companies: Companies, query: str) -> list[str]:
    with sqlite3.connect(companies.database) as database:
        return [str(value) for (value,) in database.execute(query)]


def merge(companies: Companies, tab: WireTab, kept: str, gone: str) -> str:
    """Answers the id of the merge."""
    tab.ask(f"{MERGE}.look", {"kept": kept, "gone": gone}, until='"kept_rx_state_"')
    tab.ask(f"{MERGE}.merge", {}, until='"done_rx_state_"')
    return stored(companies, "SELECT max(id) FROM actor_merge")[0]


def undo(tab: WireTab, which: str, actor: str, until: str) -> None:
    tab.ask(f"{MERGE}.undo", {"merge": which, "actor": actor}, until=until)


def test_a_refused_undo_says_why_on_the_page_where_it_was_asked_for(companies: Companies) -> None:
    ours = "SELECT id FROM actor WHERE account_id = 1 AND merged_into IS NULL ORDER BY id LIMIT 3"
    a, b, c = stored(companies, ours)
    with wire_tab(companies.url, path=f"/actors/{b}", cookie=OWNERS_COOKIE) as tab:
        tab.load()
        first = merge(companies, tab, b, a)
        second = merge(companies, tab, c, b)
        undo(tab, first, b, '"not_undone_rx_state_":"not_latest"')
        undo(tab, second, c, '"not_undone_rx_state_":""')
        undo(tab, second, c, '"not_undone_rx_state_":"gone"')
        undo(tab, first, b, '"not_undone_rx_state_":""')
    undone = "SELECT count(*) FROM actor_merge WHERE undone_at IS NULL"
    assert stored(companies, undone) == ["0"]
