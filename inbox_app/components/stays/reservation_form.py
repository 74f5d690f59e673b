"""The drawer in which a reservation is written (A3)."""

import reflex as rx

from inbox_app.components.dialogs import confirm_dialog
from inbox_app.components.forms import acknowledged_send, choice, drawer_form
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

NEW_RESERVATION = "new-reservation"
"""The DOM event that begins one for whom the thread is with."""

_file = rx.asset("reservation_form.jsx", shared=True)
_needs = (acknowledged_send, choice, confirm_dialog, drawer_form, icons, text)

Word = rx.Var[str]


def _save(
    guest: Word, reservation: Word, form: rx.Var[dict[str, str]], ref: Word
) -> tuple[Word, Word, rx.Var[dict[str, str]], Word]:
    return guest, reservation, form, ref


def _one(one: Word) -> tuple[Word]:
    return (one,)


def _two(one: Word, other: Word) -> tuple[Word, Word]:
    return one, other


class ReservationForm(rx.Component):
    """Opens when `opened` changes, with what is in `form` (`ReservationFormRow`); `choices`
    (`ChoiceRow`) are `choices_for` what was looked for.

    `on_save(guest, reservation, form, ref)` and `on_delete(reservation, ref)` are over, and
    repeated until then, when `saved_ref` or `refused_ref` becomes their ref; done, the drawer
    closes, and what `focus_after` selects has the focus when one was deleted.
    """

    library = _file.importable_path
    tag = "ReservationForm"

    opened: rx.Var[int]
    form: rx.Var[dict]
    thread: rx.Var[str]
    """The conversation that it is beside: `NEW_RESERVATION` calls `on_begin` with it."""
    choices: rx.Var[list]
    choices_for: rx.Var[str]
    problem: rx.Var[str]
    """Why the last was refused, in words; "" for none."""
    saved_ref: rx.Var[str]
    refused_ref: rx.Var[str]

    focus_after: rx.Var[str]

    on_begin: rx.EventHandler[_one]
    on_find: rx.EventHandler[_two]
    on_save: rx.EventHandler[_save]
    on_delete: rx.EventHandler[_two]
