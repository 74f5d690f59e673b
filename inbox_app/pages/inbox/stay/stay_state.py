"""The right panel's state: the reservations of whoever the conversation is with."""

from collections.abc import Sequence

import reflex as rx

from inbox_app.pages import untrusted
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.inbox.rows import StayRow

NO_STAY = StayRow(
    code="",
    accommodation="",
    place="",
    check_in="",
    check_out="",
    check_in_time="",
    check_out_time="",
    phase="",
    night=0,
    nights=0,
    adults=0,
    children=0,
    infants=0,
    pets=0,
    arrival_time="",
    departure_time="",
    portal="",
    portal_code="",
    url="",
    total="",
    balance="",
    currency="",
    notes="",
    local_tz="",
    people=[],
)


class StayState(rx.State):
    """Filled by the thread's state, which reads both at once."""

    shown: rx.Field[bool] = rx.field(False)
    stay: rx.Field[StayRow] = rx.field(default_factory=NO_STAY.copy)
    codes: rx.Field[list[str]] = rx.field(default_factory=list)
    """Of all reservations, the one that matters now first."""
    _stays: tuple[StayRow, ...] = ()
    _chosen: str = ""

    @rx.event
    async def choose(self, code: str) -> None:
        """Show another of the reservations; what is none of their codes is ignored."""
        if untrusted.text(code, 200) in self.codes:
            self._chosen = code
            self._show(self._stays, same_person=True)

    def _show(self, stays: Sequence[StayRow], *, same_person: bool) -> None:
        if not same_person:
            self._chosen = ""
        self._stays = tuple(stays)
        chosen = next((stay for stay in stays if stay["code"] == self._chosen), None)
        set_changed(
            self,
            shown=bool(stays),
            stay=chosen or (stays[0] if stays else NO_STAY),
            codes=[stay["code"] for stay in stays],
        )
