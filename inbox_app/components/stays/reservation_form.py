"""The drawer in which a reservation is written (A3)."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.forms import acknowledged_send, choice
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("reservation_form.jsx", shared=True)
_needs = (acknowledged_send, choice, dialog, icons, text)

Word = rx.Var[str]


def _save(
    guest: Word, reservation: Word, form: rx.Var[dict[str, str]], ref: Word
) -> tuple[Word, Word, rx.Var[dict[str, str]], Word]:
    return guest, reservation, form, ref


def _find(what: Word, words: Word) -> tuple[Word, Word]:
    return what, words


class ReservationForm(rx.Component):
    """Opens when `opened` changes, with what is in `form` (`ReservationFormRow`); `choices`
    (`TaskChoiceRow`) are `choices_for` what was looked for.

    `on_save(guest, reservation, form, ref)` is over, and repeated until then, when `saved_ref` or
    `refused_ref` becomes its ref; saved, the drawer closes.
    """

    library = _file.importable_path
    tag = "ReservationForm"

    opened: rx.Var[int]
    form: rx.Var[dict]
    choices: rx.Var[list]
    choices_for: rx.Var[str]
    problem: rx.Var[str]
    """Why the last was refused, in words; "" for none."""
    saved_ref: rx.Var[str]
    refused_ref: rx.Var[str]

    on_find: rx.EventHandler[_find]
    on_save: rx.EventHandler[_save]
