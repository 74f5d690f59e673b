"""The person in front of the page, as the frame around every screen shows them."""

import reflex as rx
from reflex.event import EventSpec

from inbox_app import clock, sessions
from inbox_app.pages.session import csrf_token, sign_in_address, signed_in
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.preferences import end_tour


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
    tour: bool = False
    """Whether the tour of the inbox is to begin by itself."""

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
        self.sandbox, self.tour = current_runtime().settings.sandbox_mode, not person.had_tour
        await (await self.get_state(NoticesState))._begin(person)
        return None

    @rx.event
    async def end_tour(self) -> None:
        """It was seen or skipped: it begins by itself no more."""
        person = await signed_in(self)
        if person is None or person.had_tour:
            return
        of = person.account_id, person.user_id
        async with current_runtime().database.transaction() as session:
            await end_tour(session, *of, clock.real_now())
        sessions.forget(person.user_id)
        self.tour = False


def _initials(name: str) -> str:
    words = name.split("@")[0].replace(".", " ").split()
    return "".join(word[0] for word in [*words[:1], *words[1:][-1:]]).upper()
