"""The drawer of the reservation that is being written."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.stays.reservation_form import ReservationForm
from inbox_app.components.vars import words_for
from inbox_app.domain.stays.reservations import ReservationProblem
from inbox_app.pages.shared.reservation_state import GONE, ReservationFormState


def reservation_form(*, focus_after: str, thread: rx.Var[str] | str = "") -> rx.Component:
    """Beside a `thread` it also begins one for whom that is with."""
    return ReservationForm.create(
        thread=thread,
        focus_after=focus_after,
        opened=ReservationFormState.opened,
        form=ReservationFormState.form,
        choices=ReservationFormState.choices,
        choices_for=ReservationFormState.choices_for,
        problem=_problem(),
        saved_ref=ReservationFormState.saved_ref,
        refused_ref=ReservationFormState.refused_ref,
        on_begin=ReservationFormState.begin_beside,
        on_find=ReservationFormState.find,
        on_save=ReservationFormState.save,
        on_delete=ReservationFormState.delete,
    )


def _problem() -> rx.Var[str]:
    return words_for(
        ReservationFormState.problem,
        ("", ""),
        (ReservationProblem.NO_HOME.value, tr("Choose the accommodation.")),
        (ReservationProblem.NO_DATES.value, tr("Write the day of arrival and of departure.")),
        (ReservationProblem.ENDS_TOO_EARLY.value, tr("The departure must be after the arrival.")),
        (ReservationProblem.BAD_TIME.value, tr("Write times as 16:00.")),
        (ReservationProblem.BAD_COUNT.value, tr("Write how many guests come as a number.")),
        (ReservationProblem.BAD_AMOUNT.value, tr("Write amounts as a number, like 420.50.")),
        (ReservationProblem.NO_CURRENCY.value, tr("Write the currency of the amounts, like EUR.")),
        (GONE, tr("It is no longer there, or it now comes from another system.")),
        tr("It couldn't be saved."),
    )
