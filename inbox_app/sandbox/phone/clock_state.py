"""Moving the sandbox's time from the page with the phone, to watch a window run out."""

from datetime import timedelta

import reflex as rx

from inbox_app import clock
from inbox_app.runtime import current_runtime
from inbox_app.sandbox import simulator_app
from inbox_app.sandbox.phone import sandbox_clock

MOVES = {
    "hour": timedelta(hours=1),
    "six_hours": timedelta(hours=6),
    "reset": None,
}
"""By the name of their button; None puts the time right."""
FURTHEST = timedelta(days=3650)


class ClockState(rx.State):
    """How far the domain's time is ahead of the machine's."""

    days: int = 0
    hours: int = 0
    minutes: int = 0

    @rx.event
    async def load(self) -> None:
        """Show how far it was moved."""
        if self._is_ours():
            self._show(clock.now() - clock.real_now())

    @rx.event
    async def move(self, name: str) -> None:
        """Move the time of the whole sandbox; what is none of ``MOVES`` is ignored."""
        if not self._is_ours() or not isinstance(name, str) or name not in MOVES:
            return
        by = MOVES[name]
        if by is None or clock.now() - clock.real_now() + by <= FURTHEST:
            self._show(await sandbox_clock.move(current_runtime(), by))

    def _is_ours(self) -> bool:
        return simulator_app.simulator_for(self.router.session.client_ip) is not None

    def _show(self, ahead: timedelta) -> None:
        minutes = round(ahead.total_seconds() / 60)
        self.days, rest = divmod(minutes, 24 * 60)
        self.hours, self.minutes = divmod(rest, 60)
