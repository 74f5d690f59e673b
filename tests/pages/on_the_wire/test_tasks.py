"""Tasks made from a message, handed over and closed, in every tab that shows them (P3)."""

import json
import sqlite3
from typing import Any

from tests.isolation.conftest import AGENTS_COOKIE, OWNERS_COOKIE, Companies
from tests.support.servers.tab_socket import WireTab, wire_tab

_ROOM = "reflex___state____state.inbox_app___pages___inbox___tasks___"
PANEL = f"{_ROOM}tasks_state____tasks_state"
FORM = f"{_ROOM}task_form_state____task_form_state"
GIVEN = {
    "title": "Rubinetto del bagno",
    "kind": "maintenance",
    "description": "",
    "due": "2026-12-05T10:00",
    "home": "",
}


def stored(companies: Companies, columns: str, table: str = "task") -> list[tuple[Any, ...]]:
    with sqlite3.connect(companies.database) as database:
        return database.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall()  # noqa: S608


def supplier_of(companies: Companies) -> str:
    ((id_,),) = [
        (id_,)
        for id_, name, account in stored(companies, "id, name, account_id", "actor")
        if name == "Pulizie Rossi" and account == 1
    ]
    return str(id_)


def save(tab: WireTab, until: str, **given: str) -> str:
    """Answers what was heard."""
    form = {"task": "", "message": given.pop("message", ""), "form": GIVEN | given}
    return tab.ask(f"{FORM}.save", form, until=until)


def test_a_task_from_a_message_is_handed_over_closed_and_seen_by_all(companies: Companies) -> None:
    thread, supplier = companies.conversation_id, supplier_of(companies)
    path = f"/inbox/{thread}"
    with (
        wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab,
        wire_tab(companies.url, path=path, cookie=AGENTS_COOKIE) as other,
    ):
        for each in (tab, other):
            each.load()
            each.ask(f"{PANEL}.open", {"thread": thread}, until=f'"asked_rx_state_":"{thread}"')
        message = companies.failed_message_id
        begun = tab.ask(
            f"{FORM}.begin", {"thread": thread, "message": message}, until='"form_rx_state_"'
        )
        assert f'"message":"{message}"' in begun
        assert "Casa " in begun

        heard = save(tab, '"done_rx_state_":1', message=message, supplier=supplier)
        assert '"name":"Pulizie Rossi"' in heard
        assert "Rubinetto del bagno" in other.listen("Rubinetto del bagno")
        ((id_, due, supplier_id),) = stored(companies, "id, due_at, supplier_id")
        assert (due[:16], str(supplier_id)) == ("2026-12-05 09:00", supplier)

        told = tab.ask(f"{PANEL}.write_to", {"task": str(id_)}, until="_redirect")
        talk = told.partition("/inbox/")[2].partition('"')[0]
        drafts = [text for (text,) in stored(companies, "text", "draft")]
        assert any(text.startswith("Rubinetto del bagno\n") for text in drafts), drafts
        assert json.loads(f'"{talk}"').isdecimal()

        other.ask(
            f"{PANEL}.set_status",
            {"task": str(id_), "status": "done"},
            until='"status":"done"',
        )
        ((status,),) = stored(companies, "status")
        assert status == "done"


def test_what_cannot_be_a_task_is_refused_with_the_reason(companies: Companies) -> None:
    before = stored(companies, "*")
    path = f"/inbox/{companies.conversation_id}"
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab:
        tab.load()
        for wrong, why in (
            ({"title": " \u200b "}, "title"),
            ({"due": "2026-13-05T10:00"}, "time"),
            ({"supplier": companies.ada_id}, "gone"),
            ({"supplier": "999999"}, "gone"),
            ({"home": "999999"}, "gone"),
        ):
            save(tab, f'"problem_rx_state_":"{why}"', **({"supplier": ""} | wrong))
            save(tab, '"refused_rx_state_"', supplier="", title="")
    assert stored(companies, "*") == before


def test_closed_ones_are_gone_through_to_the_last_and_back(companies: Companies) -> None:
    thread = companies.conversation_id
    with sqlite3.connect(companies.database) as database:
        database.executemany(
            "INSERT INTO task (account_id, title, kind, status, message_id, closed_at, created_at)"
            " VALUES (1, ?, 'other', 'done', ?, ?, ?)",
            [
                (
                    f"Lavoro {n:02}.",
                    companies.failed_message_id,
                    *[f"2026-01-01 10:{n // 2:02}:00"] * 2,
                )
                for n in range(90)
            ],
        )
    with wire_tab(companies.url, path=f"/inbox/{thread}", cookie=OWNERS_COOKIE) as tab:
        tab.load()
        heard = tab.ask(f"{PANEL}.open", {"thread": thread}, until=f'"asked_rx_state_":"{thread}"')
        assert "Lavoro 89." in heard
        assert '"more_closed_rx_state_":true' in heard
        for _ in range(3):
            tab.ask(f"{PANEL}.show_more", {"lane": "closed", "way": "on"}, until="Lavoro")
        last = tab.ask(
            f"{PANEL}.show_more",
            {"lane": "closed", "way": "on"},
            until='"before_closed_rx_state_":true',
        )
        assert "Lavoro 00." in last
        for wrong in (["closed"], "all", None):
            tab.fire(f"{PANEL}.show_more", {"lane": wrong, "way": "on"})
        first = tab.ask(
            f"{PANEL}.show_more",
            {"lane": "closed", "way": "back"},
            until='"before_closed_rx_state_":false',
        )
        assert "Lavoro 89." in first
