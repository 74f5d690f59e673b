"""A question before something that cannot be undone is no longer there after a reload."""

import json
import re
import sqlite3
from typing import Any, NamedTuple

import pytest

from tests.isolation.conftest import OWNERS_COOKIE, Companies
from tests.support.servers.tab_socket import wire_tab


class _Question(NamedTuple):
    path: str
    """With ``{id}`` for the row that it is about."""
    row: str
    """The statement that answers its id."""
    state: str
    ask: str
    argument: str
    var: str = "asked_id"
    value: int | None = None
    """What is asked with; the row's id if None."""
    unasked: str | int = ""


QUESTIONS = (
    _Question(
        "/actors/{id}",
        "SELECT max(id) FROM actor WHERE account_id = 1",
        "actors___record_state____record_state",
        "ask_erase",
        "step",
        "erasing",
        1,
        0,
    ),
    _Question(
        "/accommodations",
        "SELECT max(id) FROM accommodation WHERE account_id = 1",
        "accommodations___state____accommodations_state",
        "ask_archive",
        "accommodation",
    ),
    _Question(
        "/templates",
        "SELECT max(id) FROM template WHERE account_id = 1",
        "templates___state____templates_state",
        "ask_delete",
        "template",
    ),
    _Question(
        "/replies",
        "INSERT INTO saved_reply (account_id, name, name_key, use_count, created_at, updated_at)"
        " VALUES (1, 'Wi-Fi', 'wi-fi', 0, '2026-11-01 10:00:00', '2026-11-01 10:00:00')"
        " RETURNING id",
        "saved_replies___state____saved_replies_state",
        "ask_delete",
        "reply",
    ),
    _Question(
        "/people",
        "SELECT max(id) FROM user WHERE account_id = 1",
        "people___state____people_state",
        "ask_deactivate",
        "person",
    ),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.path.split("/")[1])
def test_a_reload_asks_no_more(companies: Companies, question: _Question) -> None:
    with sqlite3.connect(companies.database) as database:
        ((row,),) = database.execute(question.row)
    state = f"reflex___state____state.inbox_app___pages___{question.state}"
    var = f"{question.var}_rx_state_"
    asked = question.value or str(row)
    with wire_tab(companies.url, path=question.path.format(id=row), cookie=OWNERS_COOKIE) as tab:
        tab.load()
        heard = tab.ask(f"{state}.{question.ask}", {question.argument: asked}, until=var)
        assert _last(heard, state, var) == asked
        assert _last(tab.load(), state, var) == question.unasked


def _last(heard: str, state: str, var: str) -> Any:
    """What a state's var was last said to be."""
    decoder, values = json.JSONDecoder(), list[Any]()
    for event in re.finditer(r'\["event"', heard):
        (_, update), _ = decoder.raw_decode(heard, event.start())
        told = update.get("delta", {}).get(state, {})
        values += [told[var]] if var in told else []
    return values[-1]
