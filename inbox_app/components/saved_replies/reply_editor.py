"""The drawer in which a saved reply is written."""

import reflex as rx

from inbox_app.components.forms import acknowledged_send, drawer_form, typed
from inbox_app.components.i18n import languages, text
from inbox_app.components.layout import icons

_file = rx.asset("reply_editor.jsx", shared=True)
_names = rx.asset("field_names.js", shared=True)
_needs = (acknowledged_send, drawer_form, icons, languages, text, typed)

Word = rx.Var[str]


def _save(
    reply: Word, name: Word, texts: rx.Var[dict[str, str]], ref: Word
) -> tuple[Word, Word, rx.Var[dict[str, str]], Word]:
    return reply, name, texts, ref


class ReplyEditor(rx.Component):
    """Open while `reply` is the id of one, or "new"; `name` and `texts` are what it begins with.

    `on_save(reply, name, texts by language, ref)` is over, and repeated until then, when
    `saved_ref` or `refused_ref` becomes its ref; saved, the drawer closes.
    """

    library = _file.importable_path
    tag = "ReplyEditor"

    reply: rx.Var[str]
    name: rx.Var[str]
    texts: rx.Var[list]
    language: rx.Var[str]
    """In which one begins to write."""
    languages: rx.Var[list[str]]
    problem: rx.Var[str]
    """Why the last was refused, in words; "" for none."""
    saved_ref: rx.Var[str]
    refused_ref: rx.Var[str]

    on_save: rx.EventHandler[_save]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]
