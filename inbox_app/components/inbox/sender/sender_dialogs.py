"""Who an unknown sender is: the dialogs that say so, and what was just said (A1, A2)."""

import reflex as rx

from inbox_app.components.dialogs import form_dialog
from inbox_app.components.forms import choice
from inbox_app.components.i18n import languages, text, times
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

ADD_EXISTING, ADD_NEW, UNLINK = "add-existing-actor", "add-new-actor", "unlink-actor"
"""The DOM events that open them."""

_file = rx.asset("sender_dialogs.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in (
        "sender_parts.jsx", "existing_actor.jsx", "new_actor.jsx", "place_picker.jsx",
        "actor_words.js",
    )
]  # fmt: skip
_needs = (choice, form_dialog, icons, languages, lazy_ahead, text, times)

Word = rx.Var[str]


def _one(thread: Word) -> tuple[Word]:
    return (thread,)


def _two(thread: Word, other: Word) -> tuple[Word, Word]:
    return thread, other


def _form(thread: Word, form: rx.Var[dict[str, str]]) -> tuple[Word, rx.Var[dict[str, str]]]:
    return thread, form


class SenderDialogs(rx.Component):
    """All of them, loaded when one is first wanted. `candidates` (`CandidateRow`) are of the thread
    `asked`, suggested or, with `words`, found; `places` (`PlaceRow`) are for the kind `places_for`;
    `notices` (`LinkNoticeRow`) are one or none."""

    library = _file.importable_path
    tag = "SenderDialogs"

    thread: rx.Var[str]
    name: rx.Var[str]
    profile: rx.Var[str]
    """The name of the sender's profile, which anybody may change."""
    number: rx.Var[str]
    """As people write it; "" for who has none."""
    candidates: rx.Var[list]
    asked: rx.Var[str]
    words: rx.Var[str]
    places: rx.Var[list]
    places_for: rx.Var[str]
    problem: rx.Var[str]
    whose: rx.Var[str]
    refused: rx.Var[int]
    """How often something was: `problem` is of the last time."""
    done: rx.Var[int]
    """A dialog closes when that changes."""
    notices: rx.Var[list]

    on_search: rx.EventHandler[_two]
    on_link: rx.EventHandler[_two]
    on_link_stay: rx.EventHandler[_two]
    """Of who is not on file."""
    on_look: rx.EventHandler[_two]
    on_make: rx.EventHandler[_form]
    on_unlink: rx.EventHandler[_one]
    on_undo: rx.EventHandler[_two]
