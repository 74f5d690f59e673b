"""The person in front of the page, as the frame around every screen shows them."""

import reflex as rx
from reflex.event import EventSpec

from inbox_app.pages.session import csrf_token, sign_in_address, signed_in
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.runtime import current_runtime


class CurrentUserState(rx.State):
    """Display values only: handlers ask the session who is there."""

    name: str = ""
    initials: str = ""
    language: str = ""
    theme: str = "system"
    undo_seconds: int = 0
    time_zone: str = ""
    """The account's, in which moments are written."""
    account: str = ""
    person: str = ""
    csrf: str = ""
    sandbox: bool = False

    @rx.event
    async def load(self) -> EventSpec | None:
        """Show who is signed in; who is not goes to sign in, and comes back."""
        person = await signed_in(self)
        if person is None:
            self.reset()
            return rx.redirect(sign_in_address(self.router.url))
        self.name, self.initials = person.name, _initials(person.name)
        self.language, self.theme = person.language, person.theme
        self.time_zone, self.undo_seconds = person.time_zone, person.undo_seconds
        self.account, self.csrf = str(person.account_id), csrf_token(person)
        self.person = str(person.user_id)
        self.sandbox = current_runtime().settings.sandbox_mode
        await (await self.get_state(NoticesState))._begin(person)
        return None


def _initials(name: str) -> str:
    words = name.split("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
