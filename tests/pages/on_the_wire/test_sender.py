"""Who an unknown sender is, told to every tab at once, and taken back (A1, A2, P3)."""

from collections.abc import Iterator

import pytest

from tests.isolation.conftest import OWNERS_COOKIE, SECRET, Companies
from tests.support.servers.tab_socket import WireTab, wire_tab

_SENDER = "reflex___state____state.inbox_app___pages___inbox___sender___"
LINK = f"{_SENDER}link_state____link_state"
MAKE = f"{_SENDER}new_actor_state____new_actor_state.make"
TABLES = ("actor", "actor_phone", "actor_term", "conversation")

STAY_SHOWN, NO_STAY_SHOWN = '"shown_rx_state_":true', '"shown_rx_state_":false'
PROBLEM = '"problem_rx_state_":"{}"'


@pytest.fixture
def at_stranger(companies: Companies) -> Iterator[WireTab]:
    """A tab of the owner's with the conversation of the unknown sender open."""
    path = f"/inbox/{companies.stranger_id}"
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab:
        tab.load()
        yield tab


@pytest.fixture
def in_list(companies: Companies) -> Iterator[WireTab]:
    """Another one, without a conversation."""
    with wire_tab(companies.url, cookie=OWNERS_COOKIE) as tab:
        tab.load()
        yield tab


def _people(companies: Companies) -> dict[str, list[str]]:
    dump = companies.dump()
    return {table: dump[table] for table in TABLES}


def _link_id(heard: str) -> str:
    return heard.partition('"link":"')[2].partition('"')[0]


def test_a_link_brings_name_and_reservation_to_every_tab_and_its_undo_takes_them_back(
    companies: Companies, at_stranger: WireTab, in_list: WireTab
) -> None:
    before, thread = _people(companies), companies.stranger_id
    found = at_stranger.ask(f"{LINK}.search", {"thread": thread, "words": "bianchi"}, until="Ada")
    assert '"other_number":true' in found

    linked = {"thread": thread, "actor": companies.ada_id}
    heard = at_stranger.ask(f"{LINK}.link", linked, until='"what":"linked"')
    shown = heard if STAY_SHOWN in heard else heard + at_stranger.listen(STAY_SHOWN)
    assert f"{SECRET} notes" in shown
    assert "Ada Bianchi" in in_list.listen("Ada Bianchi")

    undo = {"thread": thread, "link": _link_id(heard)}
    heard = at_stranger.ask(f"{LINK}.undo", undo, until='"what":"undone"')
    assert NO_STAY_SHOWN in heard or at_stranger.listen(NO_STAY_SHOWN)
    assert _people(companies) == before
    at_stranger.ask(f"{LINK}.undo", undo, until='"what":"changed"')


def test_what_is_refused_is_said_and_leaves_nothing(
    companies: Companies, at_stranger: WireTab
) -> None:
    before, thread = _people(companies), companies.stranger_id
    for given, problem in (
        ({"kind": "supplier", "name": " "}, "no_name"),
        ({"kind": "owner", "name": "Nadia", "email": "nadia"}, "bad_email"),
        ({"kind": "guest", "name": "Nadia", "place": "999999"}, "no_stay"),
    ):
        make = {"thread": thread, "form": given}
        at_stranger.ask(MAKE, make, until=PROBLEM.format(problem))
    linked = {"thread": thread, "actor": "999999"}
    at_stranger.ask(f"{LINK}.link", linked, until=PROBLEM.format("gone"))
    assert _people(companies) == before


def test_who_is_put_on_file_is_known_everywhere_and_a_second_who_says_otherwise_hears_who_it_is(
    companies: Companies, at_stranger: WireTab, in_list: WireTab
) -> None:
    before, thread = _people(companies), companies.stranger_id
    form = {"kind": "supplier", "name": "Nadia Pulizie", "language": "uk", "email": "n@example.com"}
    heard = at_stranger.ask(MAKE, {"thread": thread, "form": form}, until='"what":"linked"')
    assert "Nadia Pulizie" in in_list.listen("Nadia Pulizie")
    too_late = {"thread": thread, "actor": companies.ada_id}
    at_stranger.ask(f"{LINK}.link", too_late, until='"whose_rx_state_":"Nadia Pulizie"')

    undo = {"thread": thread, "link": _link_id(heard)}
    at_stranger.ask(f"{LINK}.undo", undo, until='"what":"undone"')
    assert _people(companies) == before
