"""The reservation that is being written for a guest (A3)."""

from typing import Any

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import clean_line
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.shared.reservation_reading import read_form
from inbox_app.pages.state_vars import set_changed, settle
from inbox_app.queries.stays import reservations_by_hand
from inbox_app.queries.stays.home_choices import homes_to_choose
from inbox_app.queries.stays.reservations_by_hand import NO_RESERVATION, ReservationFormRow
from inbox_app.queries.stays.rows import ChoiceRow
from inbox_app.runtime import current_runtime
from inbox_app.services.stays.write_reservation import (
    ReservationRefusedError,
    change_reservation,
    create_reservation,
    delete_reservation,
)

GONE, UNREADABLE = "gone", "unreadable"
_LONGEST = 100


class ReservationFormState(rx.State):
    """A saving is over when ``saved_ref`` or ``refused_ref`` becomes its ref."""

    opened: rx.Field[int] = rx.field(0)
    """The drawer opens when that changes."""
    form: rx.Field[ReservationFormRow] = rx.field(default_factory=NO_RESERVATION.copy)
    choices: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    choices_for: rx.Field[str] = rx.field("")
    problem: rx.Field[str] = rx.field("")
    """A `ReservationProblem`, `GONE`, `UNREADABLE` or ""."""
    saved_ref: rx.Field[str] = rx.field("")
    refused_ref: rx.Field[str] = rx.field("")

    @rx.event
    async def begin(self, guest: str) -> None:
        """A new one, of this guest."""
        who, id_ = await signed_in(self), untrusted.row_id(guest)
        if who is not None and id_ is not None:
            async with current_runtime().database.reading() as session:
                self._open(await reservations_by_hand.begun(session, who.account_id, id_))

    @rx.event
    async def begin_beside(self, thread: str) -> None:
        """A new one, of whom the conversation is with."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is not None and id_ is not None:
            async with current_runtime().database.reading() as session:
                self._open(await reservations_by_hand.begun_beside(session, who.account_id, id_))

    @rx.event
    async def change(self, reservation: str) -> None:
        """One that was written by hand."""
        who, id_ = await signed_in(self), untrusted.row_id(reservation)
        if who is not None and id_ is not None:
            async with current_runtime().database.reading() as session:
                self._open(await reservations_by_hand.written(session, who.account_id, id_))

    @rx.event(supersedes=True)
    async def find(self, what: str, words: str) -> None:
        """Homes to choose from; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST)
        if who is None or wanted is None or what != "home":
            return
        async with current_runtime().database.reading() as session:
            found = await homes_to_choose(session, who.account_id, clean_line(wanted))
        set_changed(self, choices_for=f"home {wanted}", choices=found)

    @rx.event
    async def save(self, guest: str, reservation: str, form: dict[str, Any], ref: str) -> None:
        """Keep what was written; refused, it stays in the drawer."""
        who, tried = await signed_in(self), untrusted.text(ref, _LONGEST)
        if who is None or not tried or tried == self.saved_ref:
            return
        problem = await _saved(who, guest, reservation, form)
        settle(self, tried, problem)

    @rx.event
    async def delete(self, reservation: str, ref: str) -> None:
        """Take away one that was written by hand."""
        who, id_ = await signed_in(self), untrusted.row_id(reservation)
        tried = untrusted.text(ref, _LONGEST)
        if who is None or id_ is None or not tried or tried == self.saved_ref:
            return
        problem = await _deleted(who, id_)
        settle(self, tried, problem)

    def _open(self, form: ReservationFormRow | None) -> None:
        if form is not None:
            set_changed(self, form=form, problem="")
            self.opened += 1


async def _saved(who: SignedIn, guest: object, reservation: object, form: object) -> str:
    """What stands against it; "" when it is kept."""
    written = read_form(form)
    guest_id, reservation_id = untrusted.row_id(guest), untrusted.row_id(reservation)
    if written is None or (guest_id is None) == (reservation_id is None):
        return UNREADABLE
    try:
        async with current_runtime().database.transaction() as session:
            of = (session, who.account_id)
            if reservation_id is not None:
                await change_reservation(*of, reservation_id, written)
            elif guest_id is not None:
                await create_reservation(*of, guest_id, written, clock.real_now())
    except ReservationRefusedError as refused:
        return refused.problem.value
    except NotFoundError:
        return GONE
    current_runtime().live.publish(Change(who.account_id))
    return ""


async def _deleted(who: SignedIn, reservation_id: int) -> str:
    """What stands against it; "" when it is gone."""
    try:
        async with current_runtime().database.transaction() as session:
            await delete_reservation(
                session, who.account_id, reservation_id, who.user_id, clock.real_now()
            )
    except NotFoundError:
        return GONE
    current_runtime().live.publish(Change(who.account_id))
    return ""
