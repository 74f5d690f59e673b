"""What only admins may, no agent of the same company does by any handler (X1)."""

from tests.isolation.conftest import AGENTS_COOKIE, OWNERS_COOKIE, Companies
from tests.isolation.test_every_handler import _handler, _walk
from tests.support.servers.tab_socket import wire_tab

OF_ADMINS = {
    *("account", "api_key", "assignment_rule", "audit_entry", "away_settings"),
    *("connection_notice", "mail", "password_link", "retention", "data_import"),
    *("webhook_delivery", "webhook_endpoint", "webhook_event", "user"),
}
_PLACES = ("/settings", "/people")
_AGENT = "agent@casedelsole.it"
_EVERYDAY = ("conversation.", "actor.", "template.", "reservation.", "task.", "label.", "accommod")
"""Of the audit trail: what agents do all day is written down too."""


def test_no_handler_lets_an_agent_administer(changed_companies: Companies) -> None:
    before = _administered(changed_companies)
    values: list[object] = ["1", 1, True, {"id": "1", "name": "Mia", "email": "mia@example.com"}]
    for path in _PLACES:
        _walk(changed_companies, AGENTS_COOKIE, path, values, is_theirs=True)
    after = _administered(changed_companies)
    changed = {name: set(after[name]) ^ set(before[name]) for name in after}
    assert {name: rows for name, rows in changed.items() if rows} == {}


def test_an_admin_does_so_by_the_same_handlers(changed_companies: Companies) -> None:
    """Without this, the walk would prove nothing: it fires the same events."""
    before = _administered(changed_companies)
    for cookie, changes in ((AGENTS_COOKIE, False), (OWNERS_COOKIE, True)):
        with wire_tab(changed_companies.url, path="/settings", cookie=cookie) as tab:
            tab.load()
            tab.fire(_handler("settings_state", "tell_reading"), {"tells": True})
            tab.settle()
        assert (_administered(changed_companies) != before) is changes


def _administered(companies: Companies) -> dict[str, list[str]]:
    """What only admins may change; of the agent, whose own preferences are theirs, the role."""
    return {
        table: [
            str("'agent', " in row) if _AGENT in row else row
            for row in rows
            if not any(word in row for word in _EVERYDAY)
        ]
        for table, rows in companies.dump().items()
        if table in OF_ADMINS
    }
