"""The figures of a period as tabs hear of them: an agent's of people are their own (X7)."""

import sqlite3
from datetime import datetime
from zoneinfo import ZoneInfo

from inbox_app.domain.figures.periods import monday_of
from tests.isolation.conftest import AGENTS_COOKIE, INTRUDERS_COOKIE, OWNERS_COOKIE, Companies
from tests.support.servers.tab_socket import wire_tab

_STATE = "reflex___state____state.inbox_app___pages___figures___state____figures_state"
_COUNT = 73_000_001
"""Of messages that Marta wrote: stands nowhere else."""


def _chosen(companies: Companies, cookie: str, period: str) -> str:
    with wire_tab(companies.url, path="/figures", cookie=cookie) as tab:
        tab.load()
        return tab.ask(f"{_STATE}.choose", {"period": period}, until=f'"choice":"{period}"')


def test_another_period_is_read_when_it_is_chosen_and_nothing_else_is(
    companies: Companies,
) -> None:
    with wire_tab(companies.url, path="/figures", cookie=OWNERS_COOKIE) as tab:
        assert '"choice":"4_weeks"' in tab.load()
        assert '"by_week":false' in tab.ask(
            f"{_STATE}.choose", {"period": "last_week"}, until='"choice":"last_week"'
        )
        for wrong in ("ever", "", None, ["52_weeks"]):
            tab.fire(f"{_STATE}.choose", {"period": wrong})
        right = tab.ask(f"{_STATE}.choose", {"period": "week"}, until='"choice":"week"')
        assert right.count('"choice"') == 1


def test_who_else_works_there_is_shown_to_admins_alone(companies: Companies) -> None:
    _write_much(companies)
    assert str(_COUNT) in _chosen(companies, OWNERS_COOKIE, "week")
    theirs = _chosen(companies, AGENTS_COOKIE, "week")
    assert '"people":[]' in theirs
    assert str(_COUNT) not in theirs + _chosen(companies, INTRUDERS_COOKIE, "week")


def _write_much(companies: Companies) -> None:
    today = datetime.now(ZoneInfo("Europe/Rome")).date()
    with sqlite3.connect(companies.database) as database:
        ((marta,),) = database.execute("SELECT id FROM user WHERE email LIKE 'marta@%'")
        database.execute(
            "INSERT OR REPLACE INTO daily_figure"
            " (account_id, scope, day, subject_id, measure, bucket, week, total)"
            " VALUES (1, 'person', ?, ?, 'sent', 0, ?, ?)",
            (today.isoformat(), marta, monday_of(today).isoformat(), _COUNT),
        )
