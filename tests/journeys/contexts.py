"""Browsers that are lent from journey to journey, emptied in between: what they keep is the files
of the pages, so that those are read and compiled once, and the process that shows pages."""

from collections import defaultdict

from playwright.sync_api import Browser, BrowserContext

from tests.support.patience import PATIENCE

Screen = dict[str, object]
"""Playwright's options for a browser of this kind."""

_HABITS: Screen = {
    "locale": "it-IT",
    "timezone_id": "Europe/Rome",
    "reduced_motion": "reduce",
}
"""Motion costs a tenth of a journey's time and proves nothing to it."""
_WHAT_PAGES_STORE = "local_storage,indexeddb,cache_storage,service_workers,websql,file_systems"


class Contexts:
    """Lends contexts of one browser for the pages at `url`."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser, self._url = browser, url
        self._free = defaultdict[str, list[BrowserContext]](list)

    def lend(self, screen: Screen) -> BrowserContext:
        """One without cookies, tabs or anything stored."""
        free = self._free[repr(screen)]
        options = {**_HABITS, "base_url": self._url, **screen}
        return free.pop() if free else self._new(options)

    def _new(self, options: Screen) -> BrowserContext:
        context = self._browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(1000 * PATIENCE)
        # Stays open: with the last tab its process would end, and to start another one takes a
        # third of what it takes to open the inbox.
        context.new_page()
        return context

    def take_back(self, context: BrowserContext, screen: Screen) -> None:
        """Close its tabs and forget who was signed in."""
        blank, *tabs = context.pages
        for tab in tabs:
            tab.close()
        context.set_offline(False)
        context.unroute_all()
        context.clear_permissions()
        context.clear_cookies()
        stored = {"origin": self._url, "storageTypes": _WHAT_PAGES_STORE}
        context.new_cdp_session(blank).send("Storage.clearDataForOrigin", stored)
        self._free[repr(screen)].append(context)
