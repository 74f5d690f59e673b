"""A simulated phone, in the words of who holds it."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from inbox_app.domain.people.phones import display

_DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const dropped = { dataTransfer, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent("drop", dropped));
}"""


@dataclass(frozen=True)
class Phone:
    """`/sandbox/phone` in a tab."""

    page: Page

    @property
    def screen(self) -> Locator:
        return self.page.get_by_role("region", name="Telefono di prova")

    @property
    def number(self) -> str:
        """In E.164."""
        return self.screen.get_by_text(re.compile(r"\+\d{8,}$")).inner_text().split()[-1]

    @property
    def name(self) -> str:
        """What the inbox calls a number that is nobody's."""
        return display(self.number)

    def of(self, name: str) -> "Phone":
        """Held as this person's."""
        self.page.get_by_role("button", name=name).click()
        expect(self.screen).to_contain_text(name)
        return self

    def of_a_stranger(self) -> "Phone":
        """Held as somebody's whom nobody knows."""
        self.page.get_by_role("button", name="Un numero che nessuno conosce").click()
        expect(self.screen).to_contain_text("+39350")
        return self

    def write(self, text: str) -> None:
        self.screen.get_by_role("textbox", name="Messaggio").fill(text)
        self.screen.get_by_role("button", name="Invia dal telefono").click()

    def send(self, kind: str) -> None:
        """Something other than words, by the name of its button."""
        self.page.get_by_role("button", name=kind, exact=True).click()

    def send_files(self, *files: Path) -> None:
        """As from the dialog that the button opens."""
        self.screen.locator("input[data-files=phone]").set_input_files(files)

    def drop(self, name: str, content: bytes) -> None:
        """A file let go over the page."""
        self.page.evaluate(_DROP, [name, base64.b64encode(content).decode()])

    def message(self, text: str) -> Locator:
        return self.screen.get_by_role("article").filter(has_text=text)
