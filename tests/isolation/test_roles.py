"""What only admins may, no agent of the same company does by any handler or route (X1)."""

from collections.abc import Iterator

import httpx
from starlette.routing import Route

from tests.isolation.conftest import AGENTS_COOKIE, OWNERS_COOKIE, Companies
from tests.isolation.test_every_handler import _handler, _walk
from tests.support.patience import PATIENCE
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


ROUTES_OF_ADMINS = {
    "POST /people/{id}/link",
    "POST /imports/files",
    "GET /imports/{id}/refused.csv",
    "GET /export/actor/{id:int}",
    "GET /export/audit.csv",
}
_ONES_OWN = ("/auth/", "/two-factor/")
"""Of whoever asks: an admin who walked over these would be signed out on the way."""


def test_no_route_lets_an_agent_administer_and_those_of_admins_let_admins(
    changed_companies: Companies,
) -> None:
    of_admins = _walk_routes(changed_companies, OWNERS_COOKIE, but=_ONES_OWN)
    before = _administered(changed_companies)
    of_agents = _walk_routes(changed_companies, AGENTS_COOKIE)
    assert _administered(changed_companies) == before
    differing = {route for route, status in of_admins.items() if status != of_agents[route]}
    assert differing == ROUTES_OF_ADMINS
    assert {of_agents[route] for route in differing} == {404}
    assert all(of_admins[route] < 300 for route in differing)


def _walk_routes(companies: Companies, cookie: str, *, but: tuple[str, ...] = ()) -> dict[str, int]:
    """What each answers with. A sign-out comes last: nobody would be there for the others."""
    routes = [each for each in _routes() if not each[1].startswith(but)]
    answers: dict[str, int] = {}
    with httpx.Client(base_url=companies.url, timeout=PATIENCE, headers={"cookie": cookie}) as us:
        for method, path in sorted(routes, key=lambda each: each[1] == "/auth/sign-out"):
            answer = us.request(
                method,
                path.replace("{id:int}", "1").replace("{id}", "1"),
                params={"kind": "actors", "accommodation": "1"},
                headers={"x-filename": "persone.csv"},
                content=None if method == "GET" else b"Nome,Telefono\nLia,+393401112299\n",
            )
            answers[f"{method} {path}"] = answer.status_code
    return answers


def _routes() -> Iterator[tuple[str, str]]:
    from inbox_app.inbox_app import HTTP_ROUTES

    for route in HTTP_ROUTES:
        if isinstance(route, Route) and not route.path.startswith("/sandbox/"):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield method, route.path


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
