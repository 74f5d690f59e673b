"""Numbers are connected and templates read by `bin/inbox`."""

from pathlib import Path

from inbox_app.vault import Vault
from tests.cli.installation import CONNECT, KEY, Inbox


def test_a_number_is_connected_and_disconnected(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    made = inbox.run(*CONNECT, account, given="the token\n").answer
    assert made == {"connection": "1", "display_phone_number": "+39 0541 555100"}
    ((state, encrypted),) = inbox.rows("SELECT state, credentials_encrypted FROM connection")
    assert state == "active"
    assert Vault(KEY).decrypt(encrypted) == "the token"
    again = inbox.run(*CONNECT, account, given="the token").answer
    assert again == made
    second = (*CONNECT[:1], "--phone-number-id=7", *CONNECT[2:], account)
    assert "exactly one number" in inbox.run(*second, given="the token").sentence
    assert inbox.run("disconnect", "--account", account).answer == {"ok": True}


def test_templates_are_read_at_a_word(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    refresh = ("templates", "refresh", "--account", account)
    assert inbox.run(*refresh).sentence == "The account has no connected number."
    inbox.run(*CONNECT, account, given="the token")
    states = {"accepted": 1, "pending": 0, "incompatible": 0, "cancelled": 0}
    assert inbox.run(*refresh).answer == {"templates": 1, **states}
    assert inbox.rows("SELECT name FROM template") == [("check_in",)]
    assert inbox.rows("SELECT templates_wanted_at FROM whatsapp_number") == [(None,)]


def test_a_number_that_meta_refuses_is_not_connected(tmp_path: Path, graph_url: str) -> None:
    inbox = Inbox(tmp_path, META_GRAPH_URL=graph_url, META_APP_SECRET="s")
    account = inbox.make_account()
    refused = inbox.run(*CONNECT, account, given="another token").sentence
    assert "reading the number" in refused
    assert inbox.rows("SELECT * FROM connection") == []
