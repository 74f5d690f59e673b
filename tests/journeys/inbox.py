"""The inbox on a screen, in the words of who works with it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

_FOLLOW_TICKS = """log => {
  log.ticksSeen = [];
  const before = log.querySelectorAll(".tick").length;
  const look = () => {
    const title = [...log.querySelectorAll(".tick")].slice(before).at(-1)?.title;
    if (title && title !== log.ticksSeen.at(-1)) log.ticksSeen.push(title);
  };
  new MutationObserver(look).observe(log, { subtree: true, childList: true, attributes: true });
}"""


@dataclass(frozen=True)
class Inbox:
    """The inbox in a tab."""

    page: Page

    @property
    def conversations(self) -> Locator:
        return self.page.get_by_role("region", name="Conversazioni")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("region", name="Messaggi")

    @property
    def reservation(self) -> Locator:
        return self.page.get_by_role("region", name="Prenotazione", exact=True)

    @property
    def log(self) -> Locator:
        return self.thread.get_by_role("log")

    @property
    def sheet(self) -> Locator:
        """The reservation where there is no room beside the thread."""
        return self.page.get_by_role("dialog", name="Prenotazione", exact=True)

    @property
    def box(self) -> Locator:
        return self.thread.get_by_role("textbox", name="Scrivi un messaggio")

    @property
    def send_button(self) -> Locator:
        return self.thread.get_by_role("button", name="Invia", exact=True)

    @property
    def others(self) -> Locator:
        """Which colleagues are at the open conversation too, and what they do there."""
        return self.thread.locator(".together > p")

    def question(self, name: str) -> Locator:
        """What is asked before two answers leave at once."""
        return self.page.get_by_role("alertdialog", name=name, exact=True)

    @property
    def template_button(self) -> Locator:
        """At the foot, in the place of the box."""
        return self.thread.get_by_role("button", name="Invia modello")

    @property
    def menu(self) -> Locator:
        """The side menu of templates."""
        return self.page.get_by_role("dialog", name="Invia modello a")

    def is_there(self) -> None:
        expect(self.page.get_by_role("listitem").or_(self.log).first).to_be_visible()

    def lane(self, name: str) -> None:
        """What the list shows, by its chip or from behind the last one."""
        chips = self.conversations.get_by_role("group", name="Filtri")
        chip = chips.get_by_role("button", name=re.compile(rf"^{name}(\s*\d+\+?)?$"))
        if chip.count():
            chip.click()
            expect(chip).to_have_attribute("aria-pressed", "true")
            return
        chips.get_by_role("button", name="Altri filtri").click()
        self.page.get_by_role("menuitemradio", name=name).click()
        expect(chips).to_contain_text(name)

    def row(self, name: str) -> Locator:
        """The conversation with this person in the list."""
        return self.conversations.get_by_role("listitem").filter(has_text=name)

    def open(self, name: str) -> None:
        """Choose the conversation in the list and wait until it stands there."""
        self.row(name).get_by_role("link").click()
        self.shows(name)

    def shows(self, name: str) -> None:
        """The conversation with this person is the open one, and its messages are there."""
        expect(self.thread.get_by_role("heading", level=1)).to_contain_text(name)
        expect(self.thread.get_by_role("article").last).to_be_visible()

    def answer(self, text: str) -> None:
        self.box.fill(text)
        self.send_button.click()

    def message(self, text: str) -> Locator:
        """The messages of the open conversation with this text in them."""
        return self.thread.get_by_role("article").filter(has_text=text)

    def go_to_the_latest(self) -> None:
        """By the button that is there for who is further up."""
        self.thread.get_by_role("button", name="Vai all'ultimo messaggio").click()

    def follow_ticks(self) -> None:
        """Note from now on how the newest of our messages fares; a look now and then might miss
        what lasts a tenth of a second."""
        self.log.evaluate(_FOLLOW_TICKS)

    def ticks_followed(self) -> list[str]:
        """The different ticks that were seen, in their order."""
        return self.log.evaluate("log => log.ticksSeen")
