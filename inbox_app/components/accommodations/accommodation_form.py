"""The drawer in which an accommodation is written."""

import reflex as rx

from inbox_app.components.forms import acknowledged_send, countries, drawer_form, time_zones
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons
from inbox_app.domain.people.phones import PREFIXES
from inbox_app.domain.stays.accommodations import MAX_LINE, MAX_TEXT

_file = rx.asset("accommodation_form.jsx", shared=True)
_needs = (acknowledged_send, countries, drawer_form, icons, text, time_zones)

Word = rx.Var[str]


def _save(
    accommodation: Word, facts: rx.Var[dict[str, str]], ref: Word
) -> tuple[Word, rx.Var[dict[str, str]], Word]:
    return accommodation, facts, ref


class AccommodationForm(rx.Component):
    """Open while `accommodation` is the id of one, or "new"; `facts` by name are what it begins
    with. Children stand among its fields.

    `on_save(accommodation, facts, ref)` is over, and repeated until then, when `saved_ref` or
    `refused_ref` becomes its ref; saved, the drawer closes.
    """

    library = _file.importable_path
    tag = "AccommodationForm"

    accommodation: rx.Var[str]
    facts: rx.Var[dict[str, str]]
    prefixes: rx.Var[dict[str, int]] = rx.Var.create(PREFIXES)
    max_line: rx.Var[int] = rx.Var.create(MAX_LINE)
    max_text: rx.Var[int] = rx.Var.create(MAX_TEXT)
    problem: rx.Var[str]
    """Why the last was refused, in words; "" for none."""
    saved_ref: rx.Var[str]
    refused_ref: rx.Var[str]

    on_save: rx.EventHandler[_save]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]
