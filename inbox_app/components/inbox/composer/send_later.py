"""Where somebody says when a text is to leave (M10, W7)."""

import reflex as rx

from inbox_app.components.dialogs import form_dialog
from inbox_app.components.forms import typed
from inbox_app.components.i18n import text, times
from inbox_app.components.inbox.outgoing import outgoing
from inbox_app.components.inbox.thread import message_text
from inbox_app.components.inbox.together import together
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("send_later.jsx", shared=True)
_form = rx.asset("send_later_form.jsx", shared=True)
_needs = (form_dialog, lazy_ahead, message_text, outgoing, text, times, together, typed)

Word = rx.Var[str]


def _draft(thread: Word, words: Word) -> tuple[Word, Word]:
    return thread, words


class AnswerLater(rx.Component):
    """A button; what is written behind it goes to `Outgoing`, to leave when they answer."""

    library = _file.importable_path
    tag = "AnswerLater"

    thread: rx.Var[str]
    draft: rx.Var[str]
    most: rx.Var[int]
    label: rx.Var[str]

    on_draft: rx.EventHandler[_draft]
