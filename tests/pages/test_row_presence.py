"""Lists are told which of their rows colleagues are at, and of nothing else (X1)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from inbox_app.domain.conversations.presence import Doing, Person, Place
from inbox_app.models import Role
from inbox_app.pages.tabs.row_presence import Names, RowPresence
from inbox_app.pages.tabs.subscriptions import Changes, Subscription
from inbox_app.pages.tabs.tab_sockets import Patch
from inbox_app.queries.accounts.signed_in import SignedIn

pytestmark = pytest.mark.anyio

OURS, THEIRS = 1, 2
MARTA, ANNA, ZOE = (
    Person(4, "Marta", Doing.LOOKING),
    Person(5, "Anna", Doing.LOOKING),
    Person(6, "Zoe", Doing.TYPING),
)


class Site:
    """Who is where, and what Marta's list has been told, newest last."""

    def __init__(self) -> None:
        self.there: dict[Place, list[Person]] = {}
        self.told: list[Names] = []
        self.holds = True
        sockets: Any = self
        self.rows = RowPresence(sockets, self._there, lambda _list: self.holds, self._show)
        self.list = _list_of(MARTA)

    def see(self, *rows: str) -> Names:
        return self.rows.see(self.list, rows)

    async def move(self, *people: Person, to: Place) -> None:
        self.there = {place: there for place, there in self.there.items() if place != to}
        if people:
            self.there[to] = list(people)
        await self.rows.look()

    async def patch(self, _token: str, patch: Patch) -> None:
        state: Any = None
        await patch(state)

    def _there(self) -> Mapping[Place, Sequence[Person]]:
        return self.there

    async def _show(self, _state: Any, names: Names) -> None:
        self.told.append(names)


def _list_of(person: Person) -> Subscription:
    who = SignedIn(
        session_id=person.user_id,
        user_id=person.user_id,
        account_id=OURS,
        role=Role.AGENT,
        language="it",
        theme="system",
        undo_seconds=5,
        time_zone="Europe/Rome",
        name=person.name,
        seen_at=datetime.now(UTC),
    )
    return Subscription(f"{person.name}'s", who, _panel, None)


async def _panel(_lists: Sequence[Subscription], _changed: Changes) -> Mapping[str, Patch]:
    return {}


@pytest.fixture
def site() -> Site:
    return Site()


async def test_a_row_says_who_comes_and_nothing_once_they_have_left(site: Site) -> None:
    site.see("7", "8")
    await site.move(ANNA, to=Place(OURS, 7))
    await site.move(ZOE, ANNA, to=Place(OURS, 7))
    await site.move(to=Place(OURS, 7))
    assert site.told == [{"7": ["Anna"]}, {"7": ["Anna", "Zoe"]}, {}]


@pytest.mark.parametrize(
    ("people", "place"),
    [
        pytest.param([MARTA], Place(OURS, 7), id="oneself"),
        pytest.param([ANNA], Place(OURS, 9), id="a conversation that is not shown"),
        pytest.param([ANNA], Place(THEIRS, 7), id="another company's"),
    ],
)
async def test_a_list_is_not_woken_by(site: Site, people: list[Person], place: Place) -> None:
    site.see("7", "8")
    await site.move(*people, to=place)
    assert site.told == []


async def test_who_begins_to_write_is_no_news_to_a_list(site: Site) -> None:
    site.see("7")
    await site.move(ANNA, to=Place(OURS, 7))
    await site.move(ANNA._replace(doing=Doing.TYPING), to=Place(OURS, 7))
    assert site.told == [{"7": ["Anna"]}]


async def test_who_scrolls_on_hears_at_once_of_the_rows_that_come(site: Site) -> None:
    site.see("7")
    await site.move(ANNA, to=Place(OURS, 9))
    assert site.see("8", "9") == {"9": ["Anna"]}
    await site.move(ANNA, to=Place(OURS, 9))
    assert site.told == []


async def test_a_list_that_is_not_looked_at_any_more_is_told_nothing_and_forgotten(
    site: Site,
) -> None:
    site.see("7")
    site.holds = False
    await site.move(ANNA, to=Place(OURS, 7))
    assert site.told == []
    assert not site.rows._rows
    assert not site.rows._told
