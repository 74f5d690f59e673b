"""Every event handler of every state, found by itself, called by people who may not (X1)."""

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from reflex_base.registry import RegistrationContext

from tests.isolation.conftest import INTRUDERS_COOKIE, OWNERS_COOKIE, SECRET, Companies
from tests.support.servers.tab_socket import WireTab, wire_tab


def _handlers() -> dict[str, list[str]]:
    """The names of all handlers that a browser can call, with their arguments' names."""
    import inbox_app.inbox_app  # noqa: F401  registers the states of all pages

    found = RegistrationContext.get().event_handlers
    return {name: _arguments(each.handler.fn) for name, each in found.items()}


def _arguments(handler: Callable[..., object]) -> list[str]:
    return list(inspect.signature(handler).parameters)[1:]


def _handler(state: str, name: str) -> str:
    """The full name of the one handler of that state."""
    (found,) = [each for each in _handlers() if each.endswith(f"{state}.{name}")]
    return found


def _whats_the_owners(companies: Companies) -> list[object]:
    """Worth a try on every page: what is shown there may take them."""
    return [
        companies.conversation_id,
        companies.stranger_id,
        companies.failed_message_id,
        companies.template_id,
        int(companies.conversation_id),
        [companies.conversation_id],
        {"id": companies.conversation_id},
        SECRET,
    ]


_NONSENSE: list[object] = [
    "",
    "x" * 100_000,
    "' OR 1=1 --",
    "../../etc/passwd\0\ud83d",
    -1,
    10**30,
    1.5,
    True,
    None,
    [],
    {"reflex___state____state.inbox_app": SECRET},
]


def _tabfuls(handlers: dict[str, list[str]], values: int) -> Iterator[list[str]]:
    """The handlers in turn, no more than the gate takes of a tab at once (`Pace`): it would refuse
    the rest unseen."""
    some: list[str] = []
    left = _A_TABFUL
    for handler, arguments in handlers.items():
        events = 3 + (values if arguments else 0)
        if events > left:
            yield some
            some, left = [], _A_TABFUL
        some.append(handler)
        left -= events
    yield some


_A_TABFUL = 100


def _attack(
    tab: WireTab, handler: str, arguments: list[str], values: list[object], conversation: str
) -> None:
    """Call it with each of the values everywhere, with too few and with too many arguments."""
    for value in values if arguments else []:
        tab.fire(handler, dict.fromkeys(arguments, value))
    tab.fire(handler, {})
    tab.fire(handler, dict.fromkeys([*arguments, "account_id", "user_id"], 1))
    tab.fire(handler, dict(zip(arguments, [conversation, "hello", "r"], strict=False)))


@pytest.fixture
def nothing_changes(companies: Companies) -> Iterator[None]:
    before = companies.dump()
    yield
    assert companies.dump() == before


def test_a_tab_that_was_somebody_elses_is_empty_for_whoever_takes_it_over(
    companies: Companies,
) -> None:
    """Before the walk, in which the intruder writes the same words into an account of their own."""
    path = f"/inbox/{companies.conversation_id}"
    for cookie in ("", INTRUDERS_COOKIE):
        token = str(uuid4())
        with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE, token=token) as owners:
            assert SECRET in owners.load()
        with wire_tab(companies.url, path=path, cookie=cookie, token=token) as taken:
            taken.load()
            taken.settle()
        assert SECRET not in taken.heard


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("cookie", ["", INTRUDERS_COOKIE])
def test_no_handler_shows_or_changes_anything_of_another_company(
    companies: Companies, cookie: str
) -> None:
    thread = f"/inbox/{companies.conversation_id}"
    _walk(companies, cookie, thread, _whats_the_owners(companies) + _NONSENSE)
    for path in ("/", f"/templates/new?again={companies.refused_template_id}"):
        _walk(companies, cookie, path, _whats_the_owners(companies))


@pytest.mark.usefixtures("nothing_changes")
def test_a_session_that_never_was_opens_nothing(companies: Companies) -> None:
    """Who nobody is gets no further than who is not signed in: to know it, a few values do."""
    path = f"/inbox/{companies.conversation_id}"
    _walk(companies, "sid=made-up", path, _whats_the_owners(companies)[:1])


def _walk(
    companies: Companies, cookie: str, path: str, values: list[object], *, is_theirs: bool = False
) -> None:
    """Try every handler there with each of the values; ``is_theirs``: they may see the company."""
    handlers = _handlers()
    assert len(handlers) > 20
    for some in _tabfuls(handlers, len(values)):
        with wire_tab(companies.url, path=path, cookie=cookie) as tab:
            tab.load()
            for handler in some:
                _attack(tab, handler, handlers[handler], values, companies.conversation_id)
            tab.settle()
        assert is_theirs or SECRET not in tab.heard.replace(f'"{SECRET}"', ""), some


def _last_message(companies: Companies) -> str:
    query = "SELECT id FROM message WHERE conversation_id = ? ORDER BY sent_at DESC, id DESC"
    with sqlite3.connect(companies.database) as connection:
        return str(connection.execute(query, [companies.conversation_id]).fetchone()[0])


def test_the_owner_sees_and_changes_what_the_others_cannot(companies: Companies) -> None:
    """Without this, the walk would prove nothing: it fires the same events."""
    path, before = f"/inbox/{companies.conversation_id}", companies.dump()
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab:
        assert SECRET in tab.load()
        words = {"thread": companies.conversation_id, "text": "altro"}
        tab.fire(_handler("composer_state", "save_draft"), words)
        seen = {"thread": companies.conversation_id, "last": _last_message(companies)}
        tab.fire(_handler("thread_state", "mark_read"), seen)
        tab.settle()
    after = companies.dump()
    assert after["draft"] != before["draft"]
    assert after["conversation"] != before["conversation"]
