"""The right panel's state: the reservations of whoever the conversation is with."""

from collections.abc import Sequence

import reflex as rx

from inbox_app import clock
from inbox_app.domain.saved_replies import SECRET, ReplyField
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.inbox.home_facts import code_of
from inbox_app.queries.inbox.rows import StayChoiceRow, StayRow
from inbox_app.runtime import current_runtime

NO_STAY = StayRow(
    id="",
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
    facts=[],
    withheld=False,
    by_hand=False,
    people=[],
)


_CODES = frozenset(field.value for field in SECRET)


class StayState(rx.State):
    """Filled by the thread's state, which reads both at once."""

    shown: rx.Field[bool] = rx.field(False)
    stay: rx.Field[StayRow] = rx.field(default_factory=NO_STAY.copy)
    choices: rx.Field[list[StayChoiceRow]] = rx.field(default_factory=list)
    """All reservations, the one that matters now first."""
    revealed: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """What opens the home, by ``ReplyField``, once somebody has asked to see it."""
    _stays: tuple[StayRow, ...] = ()
    _chosen: str = ""

    @rx.event
    async def choose(self, stay: str) -> None:
        """Show another of the reservations, by id; what is none of theirs is ignored."""
        if untrusted.row_id(stay) and any(each["id"] == stay for each in self._stays):
            self._chosen = stay
            self._show(self._stays, same_person=True)

    @rx.event
    async def reveal(self, key: str) -> None:
        """Show a code of the home that is shown, or hide it again (S3)."""
        who, stay_id = await signed_in(self), untrusted.row_id(self.stay["id"])
        wanted = untrusted.text(key, 50)
        if who is None or stay_id is None or wanted not in _CODES:
            return
        others = {name: code for name, code in self.revealed.items() if name != wanted}
        if wanted in self.revealed:
            self.revealed = others
        elif code := await _code(who, stay_id, ReplyField(wanted)):
            self.revealed = others | {wanted: code}

    def _show(self, stays: Sequence[StayRow], *, same_person: bool) -> None:
        if not same_person:
            self._chosen = ""
        self._stays = tuple(stays)
        chosen = next((stay for stay in stays if stay["id"] == self._chosen), None)
        stay = chosen or (stays[0] if stays else NO_STAY)
        set_changed(
            self,
            shown=bool(stays),
            stay=stay,
            revealed=self.revealed if same_person and stay["id"] == self.stay["id"] else {},
            choices=[_choice(stay) for stay in stays],
        )


def _choice(stay: StayRow) -> StayChoiceRow:
    return StayChoiceRow(id=stay["id"], code=stay["code"], check_in=stay["check_in"])


async def _code(who: SignedIn, reservation_id: int, key: ReplyField) -> str:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        return await code_of(
            session, who.account_id, reservation_id, key, clock.now(), runtime.vault
        )
