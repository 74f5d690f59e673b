"""The calendars of a home, in its editor (A4)."""

import reflex as rx

from inbox_app.components.forms import typed
from inbox_app.components.i18n import text, times
from inbox_app.components.layout import icons
from inbox_app.public_addresses.address import LONGEST

_file = rx.asset("calendars.jsx", shared=True)
_words = rx.asset("calendar_words.js", shared=True)
_needs = (icons, text, times, typed)

Word = rx.Var[str]


def _address(accommodation: Word, address: Word, ref: Word) -> tuple[Word, Word, Word]:
    return accommodation, address, ref


def _one(id_: Word) -> tuple[Word]:
    return (id_,)


class Calendars(rx.Component):
    """`rows` (`CalendarRow`) are of `accommodation`, an id or "new"; `look` (`CalendarLookRow`) is
    what was found behind the address that was sent with its ref, and `reading` the id or ref of
    what is being read. What was typed stays here until `added_ref` becomes its ref."""

    library = _file.importable_path
    tag = "Calendars"

    accommodation: rx.Var[str]
    home: rx.Var[str]
    """The one whose `rows` are."""
    rows: rx.Var[list]
    look: rx.Var[dict]
    added_ref: rx.Var[str]
    reading: rx.Var[str]
    max_address: rx.Var[int] = rx.Var.create(LONGEST)

    on_open: rx.EventHandler[_one]
    on_look: rx.EventHandler[_address]
    on_add: rx.EventHandler[_address]
    on_read: rx.EventHandler[_one]
    on_remove: rx.EventHandler[_one]
