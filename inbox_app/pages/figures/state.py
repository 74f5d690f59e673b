"""The figures of the company; of people, an agent sees themselves alone (X7)."""

from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from inbox_app import clock
from inbox_app.domain.figures.periods import PeriodChoice
from inbox_app.models import Role
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.figures.figures import figures
from inbox_app.runtime import current_runtime

_LONGEST = max(len(choice) for choice in PeriodChoice)


class FiguresState(rx.State):
    """What is shown of one period."""

    ready: rx.Field[bool] = rx.field(False)
    everybody: rx.Field[bool] = rx.field(False)
    """Whether all people are in it."""
    shown: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    """A ``FiguresView``."""
    _choice: PeriodChoice = PeriodChoice.FOUR_WEEKS

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is not None:
            await self._read(who)

    @rx.event
    async def choose(self, period: str) -> None:
        """Show another period."""
        who, chosen = await signed_in(self), untrusted.text(period, _LONGEST)
        if who is not None and chosen in {*PeriodChoice}:
            self._choice = PeriodChoice(chosen)
            await self._read(who)

    async def _read(self, who: SignedIn) -> None:
        everybody = who.role is Role.ADMIN
        today = clock.now().astimezone(ZoneInfo(who.time_zone)).date()
        only = None if everybody else who.user_id
        async with current_runtime().database.reading() as session:
            view = await figures(session, who.account_id, self._choice, today, of_person=only)
        set_changed(self, shown=dict(view), everybody=everybody, ready=True)
