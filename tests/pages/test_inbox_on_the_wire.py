"""What the server tells the tabs of the inbox, and what it spares them."""

from collections.abc import Iterator

import pytest

from tests.isolation.conftest import OWNERS_COOKIE, SECRET, Companies
from tests.wire import WireTab, wire_tab

_STATES = "reflex___state____state.inbox_app___pages___inbox___"
SAVE_DRAFT = f"{_STATES}composer_state____composer_state.save_draft"
SEND = f"{_STATES}composer_state____composer_state.send"
SET_SEARCH = f"{_STATES}inbox_state____inbox_state.set_search"

ROWS = '"rows_rx_state_"'
MESSAGES = '"messages_rx_state_"'


@pytest.fixture
def in_thread(companies: Companies) -> Iterator[WireTab]:
    """A tab of the owner's with the conversation open."""
    path = f"/inbox/{companies.conversation_id}"
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab:
        tab.load()
        yield tab


@pytest.fixture
def in_list(companies: Companies) -> Iterator[WireTab]:
    """Another one, without a conversation."""
    with wire_tab(companies.url, cookie=OWNERS_COOKIE) as tab:
        tab.load()
        yield tab


def _draft(tab: WireTab, companies: Companies, text: str) -> None:
    tab.fire(SAVE_DRAFT, {"thread": companies.conversation_id, "text": text})


def test_a_change_in_a_row_is_told_to_other_tabs_without_the_messages(
    companies: Companies, in_thread: WireTab, in_list: WireTab
) -> None:
    _draft(in_thread, companies, "first words")
    for tab in (in_thread, in_list):
        heard = tab.listen("first words")
        assert MESSAGES not in heard


def test_what_changes_nothing_on_screen_is_not_sent(
    companies: Companies, in_thread: WireTab, in_list: WireTab
) -> None:
    _draft(in_thread, companies, "the same")
    in_list.listen("the same")
    _draft(in_thread, companies, "the same")
    _draft(in_thread, companies, "another")
    assert in_list.listen("another").count(ROWS) == 1


def test_a_text_sent_twice_with_one_ref_is_one_message(
    companies: Companies, in_thread: WireTab
) -> None:
    arguments = {"thread": companies.conversation_id, "text": "Eccoci", "ref": "ref-1"}
    in_thread.ask(SEND, arguments, until='"accepted_ref_rx_state_":"ref-1"')
    in_thread.fire(SEND, arguments)
    in_thread.settle()
    assert sum("Eccoci" in row for row in companies.dump()["message"]) == 1


@pytest.mark.parametrize(
    ("thread", "text"), [("999999", "hello"), ("1", "   "), ("1", "x" * 5000), ("none", "hello")]
)
def test_a_text_that_cannot_be_sent_frees_the_box(
    in_thread: WireTab, thread: str, text: str
) -> None:
    ref = f"ref-{thread}-{len(text)}"
    arguments = {"thread": thread, "text": text, "ref": ref}
    in_thread.ask(SEND, arguments, until=f'"refused_ref_rx_state_":"{ref}"')


def test_a_search_narrows_the_list(in_list: WireTab) -> None:
    found = in_list.ask(SET_SEARCH, {"words": "no such words"}, until=ROWS)
    assert f"{ROWS}:[]" in found
    assert SECRET in in_list.ask(SET_SEARCH, {"words": SECRET}, until=ROWS)


def test_a_socket_that_comes_back_is_told_all_of_it_again(companies: Companies) -> None:
    path, token = f"/inbox/{companies.conversation_id}", "tab-that-comes-back"
    for _ in range(2):
        with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE, token=token) as tab:
            heard = tab.load()
            assert MESSAGES in heard
            assert f"{SECRET} 59" in heard
