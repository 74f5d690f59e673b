"""The drawer in which an actor is written (A3, B13)."""

import reflex as rx

from inbox_app.components.forms import acknowledged_send, drawer_form
from inbox_app.components.i18n import languages, text
from inbox_app.components.inbox.sender import sender_dialogs
from inbox_app.components.layout import icons

_file = rx.asset("actor_form.jsx", shared=True)
_needs = (acknowledged_send, drawer_form, icons, languages, sender_dialogs, text)

Word = rx.Var[str]


def _save(
    actor: Word, form: rx.Var[dict[str, str]], ref: Word
) -> tuple[Word, rx.Var[dict[str, str]], Word]:
    return actor, form, ref


def _look(kind: Word, words: Word) -> tuple[Word, Word]:
    return kind, words


class ActorForm(rx.Component):
    """Open while `actor` is the id of one, or "new"; `facts` by name, `numbers` and which of them
    is for `whatsapp` are what it begins with. Whoever is new may have a place: `places`
    (`PlaceRow`) are for the kind `places_for`.

    `on_save(actor, form, ref)` is over, and repeated until then, when `saved_ref` or `refused_ref`
    becomes its ref; saved, the drawer closes.
    """

    library = _file.importable_path
    tag = "ActorForm"

    actor: rx.Var[str]
    facts: rx.Var[dict[str, str]]
    numbers: rx.Var[list[str]]
    whatsapp: rx.Var[str]
    places: rx.Var[list]
    places_for: rx.Var[str]
    problem: rx.Var[str]
    """Why the last was refused, in words; "" for none."""
    wrong: rx.Var[str]
    """The field that it is about, or the number."""
    saved_ref: rx.Var[str]
    refused_ref: rx.Var[str]

    on_save: rx.EventHandler[_save]
    on_look: rx.EventHandler[_look]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]
