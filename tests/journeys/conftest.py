"""One server and one browser for all journeys; each has devices and strangers of its own."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.journeys.contexts import Contexts
from tests.journeys.devices import AGENT, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site
from tests.support.machine import need_chromium
from tests.support.patience import PATIENCE

expect.set_options(timeout=1000 * PATIENCE)
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys go by the names of their files, whatever their room; those that move the sandbox's
    clock come last: what is written meanwhile stays in the future of the others, above all that
    they write."""
    places = [place for place, item in enumerate(items) if _HERE in item.path.parents]
    journeys = sorted((items[place] for place in places), key=_turn)
    for place, item in zip(places, journeys, strict=True):
        items[place] = item


def _turn(item: pytest.Item) -> tuple[bool, str]:
    return "clock" in getattr(item, "fixturenames", ()), item.path.name


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=need_chromium(), args=["--no-sandbox"], timeout=1000 * PATIENCE
        )


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    with ExitStack() as stack:
        yield Site(tmp_path_factory.mktemp("journeys"), stack)


@pytest.fixture(scope="package")
def contexts(browser: Browser, site: Site) -> Contexts:
    return Contexts(browser, site.url)


@pytest.fixture
def devices(contexts: Contexts, site: Site) -> Iterator[Devices]:
    """To open browsers with; fails the journey when a console complains, as of a policy broken."""
    devices = Devices(contexts, site)
    yield devices
    assert devices.close() == []


@pytest.fixture
def inbox(devices: Devices) -> Inbox:
    """The admin's inbox on a desk."""
    return devices.inbox()


@pytest.fixture
def colleague(devices: Devices) -> Inbox:
    """The agent's inbox, in another browser."""
    return devices.inbox(AGENT)


@pytest.fixture
def phone(devices: Devices) -> Phone:
    """The phone of somebody nobody knows."""
    return devices.phone()


@pytest.fixture
def faults(site: Site) -> Iterator[Site]:
    """The site, whose Meta is mended afterwards."""
    yield site
    site.mend_meta()


@pytest.fixture
def clock(site: Site) -> Iterator[Site]:
    """The site, whose clock is put right afterwards."""
    yield site
    site.move_clock(None)
