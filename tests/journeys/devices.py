"""The browsers that people sit in front of, and what their consoles complain of."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

from tests.journeys.contexts import Contexts, Screen
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site

ADMIN = "demo@example.com"
AGENT = "anna@example.com"

DESKTOP: Screen = {"viewport": {"width": 1440, "height": 900}}
HANDHELD: Screen = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}

_CANNOT_CONNECT = (
    "WebSocket connection to",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
)


class Devices:
    """Opens browsers, each with cookies of its own, and closes them all."""

    def __init__(self, contexts: Contexts, site: Site) -> None:
        self._contexts, self._site = contexts, site
        self._lent: list[tuple[BrowserContext, Screen]] = []
        self._complaints: list[str] = []
        self._may_lose_connections = False

    def new(self, screen: Screen = DESKTOP) -> Page:
        """An empty tab in a browser of its own."""
        context = self._contexts.lend(screen)
        context.on("console", self._listen)
        context.on("weberror", self._note)
        self._lent.append((context, screen))
        return context.new_page()

    def inbox(
        self,
        email: str = ADMIN,
        path: str = "/",
        screen: Screen = DESKTOP,
        *,
        at_once: bool = True,
    ) -> Inbox:
        """The inbox in a browser where this person has signed in; by way of another page when it
        is not to be there `at_once`."""
        inbox = Inbox(self.signed_in(email, path, screen))
        if at_once:
            inbox.is_there()
        return inbox

    def signed_in(self, email: str, path: str, screen: Screen = DESKTOP) -> Page:
        """Any page in a browser where this person has signed in."""
        page = self.new(screen)
        name, value = self._site.sign_in(email)
        page.context.add_cookies([{"name": name, "value": value, "url": self._site.url}])
        page.goto(path)
        return page

    def phone(self, screen: Screen = DESKTOP) -> Phone:
        """The simulated phone of somebody nobody knows."""
        page = self.new(screen)
        page.goto("/sandbox/phone")
        return Phone(page).of_a_stranger()

    def forgive_lost_connections(self) -> None:
        """The test itself takes the network or the server away: the browser may say so."""
        self._may_lose_connections = True

    def close(self) -> list[str]:
        """Close them all; answers what their consoles complained of."""
        for context, screen in self._lent:
            context.remove_listener("console", self._listen)
            context.remove_listener("weberror", self._note)
            if self._may_lose_connections:
                context.close()  # it may wait for answers on what was cut
            else:
                self._contexts.take_back(context, screen)
        return [
            complaint
            for complaint in self._complaints
            if not (self._may_lose_connections and complaint.startswith(_CANNOT_CONNECT))
        ]

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._complaints.append(f"{message.text} ({message.location['url']})")

    def _note(self, error: WebError) -> None:
        self._complaints.append(str(error.error))
