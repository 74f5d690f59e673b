"""What the server tells the tabs of the inbox, and what it spares them."""

import asyncio
from collections.abc import Iterator

import pytest
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.models import Role, User
from inbox_app.queries.accounts.signed_in import Candidate
from inbox_app.services.accounts import accounts, people, sign_in
from inbox_app.services.accounts.accounts import NewAccount, NewUser
from inbox_app.vault import fingerprint
from tests.isolation.conftest import OWNERS_COOKIE, SECRET, Companies
from tests.support.servers.tab_socket import HYDRATE, WireTab, wire_tab

_PAGES = "reflex___state____state.inbox_app___pages___"
_STATES = f"{_PAGES}inbox___"
SAVE_DRAFT = f"{_STATES}foot___composer_state____composer_state.save_draft"
KEEP_DRAFT = f"{_PAGES}shared___notices_state____notices_state.keep_draft"
SEND = f"{_PAGES}shared___outgoing_state____outgoing_state.send"
UNDO = f"{_PAGES}shared___outgoing_state____outgoing_state.undo"
SET_SEARCH = f"{_STATES}list___inbox_state____inbox_state.set_search"

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


def _settled(ref: str, outcome: str) -> str:
    return f'{{"ref":"{ref}","outcome":"{outcome}"}}'


def test_a_change_in_a_row_is_told_to_other_tabs_without_the_messages(
    companies: Companies, in_thread: WireTab, in_list: WireTab
) -> None:
    _draft(in_thread, companies, "first words")
    for tab in (in_thread, in_list):
        heard = tab.listen("first words")
        assert MESSAGES not in heard


def test_what_was_typed_without_a_network_is_a_draft_however_long(
    companies: Companies, in_thread: WireTab, in_list: WireTab
) -> None:
    """N3: the browser keeps it no longer."""
    text = "As long as the box takes. " + "a" * 8000
    in_thread.fire(KEEP_DRAFT, {"thread": companies.conversation_id, "words": text})
    in_list.listen("As long as the box takes")


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
    in_thread.ask(SEND, arguments, until=_settled("ref-1", "sent"))
    in_thread.fire(SEND, arguments)
    in_thread.settle()
    assert sum("Eccoci" in row for row in companies.dump()["message"]) == 1


def test_a_text_is_taken_back_by_its_ref_and_sent_no_more(
    companies: Companies, in_thread: WireTab
) -> None:
    thread, ref = companies.conversation_id, "ref-undone"
    sent = {"thread": thread, "text": "Ripensandoci", "ref": ref}
    in_thread.ask(SEND, sent, until=_settled(ref, "sent"))
    undone = _settled(ref, "undone")
    in_thread.ask(UNDO, {"thread": thread, "ref": ref}, until=undone)
    assert not any("Ripensandoci" in row for row in companies.dump()["message"])
    in_thread.fire(SEND, sent)
    in_thread.settle()
    assert not any("Ripensandoci" in row for row in companies.dump()["message"])


@pytest.mark.parametrize(
    ("thread", "text"), [("999999", "hello"), ("1", "   "), ("1", "x" * 5000), ("none", "hello")]
)
def test_a_text_that_cannot_be_sent_frees_the_box(
    in_thread: WireTab, thread: str, text: str
) -> None:
    ref = f"ref-{thread}-{len(text)}"
    arguments = {"thread": thread, "text": text, "ref": ref}
    in_thread.ask(SEND, arguments, until=_settled(ref, "refused"))


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


@pytest.mark.parametrize("what", ["deactivate", "reset-password"])
def test_an_open_tab_of_somebody_put_out_at_a_command_line_is_led_away(
    companies: Companies, what: str
) -> None:
    email, cookie = f"{what}@example.com", f"sid=of {what}"
    with wire_tab(companies.url, cookie=asyncio.run(_sign_in(companies, email, cookie))) as tab:
        tab.load()
        asyncio.run(_put_out(companies, email, what))
        led = tab.listen("/login")
        assert '"external":true' not in led, "that opens another tab and leaves this one as it is"
    with wire_tab(companies.url, cookie=cookie) as tab:
        assert SECRET not in tab.ask(HYDRATE, {}, until="/login")


async def _sign_in(companies: Companies, email: str, cookie: str) -> str:
    """Of a company of their own, which the other tests know nothing of; the cookie."""
    database, now = Database(f"sqlite+aiosqlite:///{companies.database}"), clock.real_now()
    async with database.transaction() as session:
        admin = NewUser(email=f"boss of {email}".replace(" ", "-"), password_hash="x")
        boss = await accounts.create_account(session, NewAccount(name=email), admin, now)
        new = NewUser(email=email, password_hash="x", role=Role.AGENT)
        person = await accounts.create_user(session, boss.account_id, new, now)
        who = Candidate(person.id, person.account_id, "x")
        await sign_in.start(session, who, fingerprint(cookie.removeprefix("sid=")), "", now)
    await database.close()
    return cookie


async def _put_out(companies: Companies, email: str, what: str) -> None:
    database, now = Database(f"sqlite+aiosqlite:///{companies.database}"), clock.real_now()
    async with database.transaction() as session:
        mine = select(User.account_id).where(col(User.email) == email)
        account = (await session.exec(mine)).one()
        if what == "deactivate":
            await people.deactivate(session, await people.by_email(session, account, email), now)
        else:
            person = await people.by_email(session, account, email)
            await people.reset_password(session, person, "y", now)
    await database.close()
