"""What is not there for anybody where no sandbox is."""

from contextlib import closing
from http.client import HTTPConnection

import httpx

from tests.isolation.conftest import Companies
from tests.support.patience import PATIENCE


def test_nothing_of_the_sandbox_is_there_without_it(companies: Companies) -> None:
    assert "Sandbox" not in companies.log.read_text()
    for path in (
        "/sandbox/phone",
        "/sandbox/phone/files/7700000000000000",
        "/sandbox/graph/v25.0/1",
    ):
        assert httpx.get(companies.url + path).status_code == 404
    for path in (
        "//sandbox/phone",
        "/x/../sandbox/phone/",
        "/%2e%2e/sandbox/phone",
        "/assets/..%2fsandbox%2fphone%2findex.html",
        "/SANDBOX/phone",
        "//_upload",
        "/.//_all_routes",
        "//metrics",
        "/api//v1/openapi.json",
        "/%00",
    ):
        assert _status_untidied(companies, path) == 404


def _status_untidied(companies: Companies, target: str) -> int:
    """Clients tidy addresses up; attackers don't."""
    connection = HTTPConnection(companies.url.removeprefix("http://"), timeout=PATIENCE)
    with closing(connection):
        connection.request("GET", target)
        return connection.getresponse().status
