"""Templates as a tab asks for them: what is shown, what is refused, what happens once only
(T3, T4)."""

import sqlite3
from collections.abc import Iterator

import pytest

from tests.isolation.conftest import OWNERS_COOKIE, SECRET, Companies
from tests.support.servers.tab_socket import WireTab, wire_tab

_STATES = "reflex___state____state.inbox_app___pages___"
_MENU = f"{_STATES}inbox___foot___template_menu_state____template_menu_state"
_LIST = f"{_STATES}templates___state____templates_state"
_WIZARD = f"{_STATES}template_wizard___state____template_wizard"
SENDABLE = '"sendable_rx_state_"'
ROWS = '"rows_rx_state_"'


@pytest.fixture
def menu(companies: Companies) -> Iterator[WireTab]:
    """A tab of the owner's with the side menu open."""
    _take_the_credentials_for_good(companies)
    path = f"/inbox/{companies.conversation_id}"
    with wire_tab(companies.url, path=path, cookie=OWNERS_COOKIE) as tab:
        tab.load()
        tab.ask(f"{_MENU}.open", {"thread": companies.conversation_id}, until=SENDABLE)
        yield tab


@pytest.fixture
def templates(companies: Companies) -> Iterator[WireTab]:
    """A tab of the owner's with the page of all templates."""
    with wire_tab(companies.url, path="/templates", cookie=OWNERS_COOKIE) as tab:
        tab.load()
        yield tab


@pytest.fixture
def wizard(companies: Companies) -> Iterator[WireTab]:
    """A tab of the owner's with the wizard."""
    with wire_tab(companies.url, path="/templates/new", cookie=OWNERS_COOKIE) as tab:
        tab.load()
        yield tab


def _take_the_credentials_for_good(companies: Companies) -> None:
    """A send of another test may have found out that there are none, and would do so again."""
    with sqlite3.connect(companies.database) as connection:
        connection.execute("UPDATE outbox SET state = 'done'")
        connection.execute("UPDATE connection SET state = 'active'")


def _sending(companies: Companies, template: str, ref: str) -> dict[str, str]:
    return {"thread": companies.conversation_id, "template": template, "ref": ref}


def _typed(body: str, ref: str) -> dict[str, str]:
    draft = {"category": "utility", "internal_name": "Prova", "body": body, "language": "it"}
    return draft | {"ref": ref}


def test_the_menu_begins_in_the_language_of_whoever_it_is_for(menu: WireTab) -> None:
    assert '"language_rx_state_":"en"' in menu.heard
    assert f"{SECRET} template en_GB" in menu.heard
    assert f"{SECRET} template it" not in menu.heard
    all_of_them = menu.ask(f"{_MENU}.set_language", {"code": ""}, until=SENDABLE)
    assert f"{SECRET} template it" in all_of_them


def test_a_template_sent_twice_with_one_ref_is_one_message(
    companies: Companies, menu: WireTab
) -> None:
    arguments = _sending(companies, companies.template_id, "template-ref-1")
    menu.ask(f"{_MENU}.send", arguments, until='"accepted_ref_rx_state_":"template-ref-1"')
    menu.fire(f"{_MENU}.send", arguments)
    menu.settle()
    sent = [row for row in companies.dump()["message"] if "template-ref-1" in row]
    assert len(sent) == 1
    assert f"{SECRET} template en_GB" in sent[0]


@pytest.mark.parametrize(
    ("template", "refusal"),
    [("paused", "pending"), ("999999", "gone"), ("-1", "gone"), ("x", "gone")],
)
def test_a_template_that_cannot_be_sent_is_refused_with_the_reason(
    companies: Companies, menu: WireTab, template: str, refusal: str
) -> None:
    id_ = companies.paused_template_id if template == "paused" else template
    before = companies.dump()["message"]
    ref = f"template-ref-{template}"
    heard = menu.ask(
        f"{_MENU}.send", _sending(companies, id_, ref), until=f'"refused_ref_rx_state_":"{ref}"'
    )
    assert f'"refusal_rx_state_":"{refusal}"' in menu.heard + heard
    assert companies.dump()["message"] == before


def test_the_page_lists_and_filters(templates: WireTab) -> None:
    assert f"{SECRET} template it" in templates.heard
    paused = templates.ask(f"{_LIST}.set_state", {"name": "pending"}, until=ROWS)
    assert f"{SECRET} template paused" in paused
    assert f"{SECRET} template it" not in paused
    nothing = templates.ask(f"{_LIST}.set_search", {"words": "no such words"}, until=ROWS)
    assert f"{ROWS}:[]" in nothing


def test_a_deletion_that_meta_is_not_asked_for_leaves_the_template(
    companies: Companies, templates: WireTab
) -> None:
    """The credentials of the test's company are none."""
    templates.fire(f"{_LIST}.ask_delete", {"template": companies.template_id})
    before = companies.dump()["template"]
    templates.ask(f"{_LIST}.delete", {}, until='"delete_problem_rx_state_":"credentials"')
    assert companies.dump()["template"] == before


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "empty"),
        ("Buongiorno {{1}}", "variable"),
        ("Guardi su www.casedelsole.it", "url"),
        ("x" * 1025, "too_long"),
        (f"{SECRET} template it", "same_text"),
    ],
)
def test_the_wizard_says_what_is_wrong(wizard: WireTab, body: str, problem: str) -> None:
    ref = f"check-{problem}"
    wizard.ask(f"{_WIZARD}.check", _typed(body, ref), until=f'"checked_ref_rx_state_":"{ref}"')
    assert f'"field":"body","problem":"{problem}"' in wizard.heard


@pytest.mark.parametrize(
    "wrong",
    [{"category": "authentication"}, {"language": "klingon"}, {"language": ["it"]}, {"body": 5}],
)
def test_the_wizard_does_not_answer_what_nobody_can_have_typed(
    companies: Companies, wizard: WireTab, wrong: dict[str, object]
) -> None:
    before = companies.dump()
    for handler in ("check", "save"):
        wizard.fire(f"{_WIZARD}.{handler}", _typed("Buongiorno", "hostile") | wrong)
    assert "hostile" not in wizard.settle()
    assert companies.dump() == before


def test_the_wizard_begins_with_the_words_of_what_meta_refused(companies: Companies) -> None:
    name, body = f"{SECRET}_refused", f"{SECRET} template refused"
    address = f"/templates/new?again={companies.refused_template_id}"
    with wire_tab(companies.url, path=address, cookie=OWNERS_COOKIE) as tab:
        assert f'"internal_name":"{name}","body":"{body}"' in tab.load()
        draft = _typed(body, "again") | {"internal_name": name, "language": "en_GB"}
        said = tab.ask(f"{_WIZARD}.check", draft, until='"checked_ref_rx_state_":"again"')
        assert f'"meta_name_rx_state_":"{name.lower()}_2"' in said
        assert '"same_name"' not in said


@pytest.mark.parametrize("again", ["paused", "999999", "-1", "x"])
def test_the_wizard_begins_empty_when_there_is_nothing_to_correct(
    companies: Companies, again: str
) -> None:
    id_ = companies.paused_template_id if again == "paused" else again
    address = f"/templates/new?again={id_}"
    with wire_tab(companies.url, path=address, cookie=OWNERS_COOKIE) as tab:
        assert '"first_rx_state_":{}' in tab.load()


def test_a_saving_that_fails_says_why_and_makes_nothing(
    companies: Companies, wizard: WireTab
) -> None:
    before = companies.dump()["template"]
    wizard.ask(
        f"{_WIZARD}.save",
        _typed("Buongiorno", "save-1"),
        until='"refused_ref_rx_state_":"save-1"',
    )
    assert '"failure_rx_state_":"credentials"' in wizard.heard
    assert companies.dump()["template"] == before


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/inbox/12", "/inbox/12"),
        ("/inbox/x", "/templates"),
        ("//evil.example", "/templates"),
        ("https://evil.example/inbox/12", "/templates"),
        ("", "/templates"),
    ],
)
def test_the_wizard_leads_back_to_a_conversation_or_to_the_list(address: str, back: str) -> None:
    from inbox_app.pages.template_wizard.state import _way_back

    assert _way_back(address) == back
