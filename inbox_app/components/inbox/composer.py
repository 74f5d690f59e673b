"""The box a message is written in."""

import reflex as rx

from inbox_app.components.dialogs import menu
from inbox_app.components.forms import acknowledged_send, typed
from inbox_app.components.i18n import text
from inbox_app.components.layout import connection_banner, icons
from inbox_app.components.templates import template_menu

_file = rx.asset("composer.jsx", shared=True)
_drafts = rx.asset("draft.js", shared=True)
_sendings = rx.asset("sending.js", shared=True)
_emoji = rx.asset("emoji_picker.jsx", shared=True)
_needs = (acknowledged_send, connection_banner, icons, menu, template_menu, text, typed)

Word = rx.Var[str]


def _send(thread: Word, words: Word, ref: Word) -> tuple[Word, Word, Word]:
    return thread, words, ref


def _draft(thread: Word, words: Word) -> tuple[Word, Word]:
    return thread, words


class Composer(rx.Component):
    """Give it the thread as `key` too.

    `on_send(thread, text, ref)`: the same text tried again carries the same ref, and must be taken
    once. The box empties, and gets its text back when `refused_ref` becomes that ref; until that or
    `accepted_ref` does, the send is repeated every few seconds. `on_draft(thread, text)` comes a
    moment after the last key and on leaving.
    The thread travels along because a queued event may arrive after another one was opened.
    """

    library = _file.importable_path
    tag = "Composer"

    thread: rx.Var[str]
    draft: rx.Var[str]
    most: rx.Var[int]
    """Characters of a text."""
    accepted_ref: rx.Var[str]
    refused_ref: rx.Var[str]
    templates: rx.Var[bool]
    """Whether a template may go out too."""

    on_send: rx.EventHandler[_send]
    on_draft: rx.EventHandler[_draft]


composer = Composer.create
