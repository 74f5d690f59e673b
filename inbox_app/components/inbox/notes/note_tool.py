"""Where a note to colleagues is written, in the place of the answer."""

import reflex as rx

from inbox_app.components.forms import acknowledged_send, typed
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("note_tool.jsx", shared=True)
_parts = [rx.asset(file, shared=True) for file in ("note_box.jsx", "mention_picker.jsx")]
_needs = (acknowledged_send, icons, lazy_ahead, text, typed)

Word = rx.Var[str]


def _note(thread: Word, words: Word, ref: Word) -> tuple[Word, Word, Word]:
    return thread, words, ref


def _one(thread: Word) -> tuple[Word]:
    return (thread,)


class NoteTool(rx.Component):
    """Give it the thread as `key` too. While a note is written, `#messages` has `data-noting`. Its
    children stand in a line with the switch between answer and note.

    `people` (`ColleagueRow`) can be mentioned, all but `me`; `on_write(thread, text, ref)` comes
    again until `written` or `refused` is that ref; `on_see(thread)` when who is `awaited` looks.
    """

    library = _file.importable_path
    tag = "NoteTool"

    thread: rx.Var[str]
    people: rx.Var[list]
    me: rx.Var[str]
    written: rx.Var[str]
    refused: rx.Var[str]
    awaited: rx.Var[bool]

    on_write: rx.EventHandler[_note]
    on_see: rx.EventHandler[_one]
