"""The box a message is written in."""

import reflex as rx

from inbox_app.components.dialogs import menu
from inbox_app.components.forms import typed
from inbox_app.components.i18n import text
from inbox_app.components.inbox import outgoing
from inbox_app.components.layout import connection_banner, icons
from inbox_app.components.templates import template_menu

_file = rx.asset("composer.jsx", shared=True)
_drafts = rx.asset("draft.js", shared=True)
_emoji = rx.asset("emoji_picker.jsx", shared=True)
_needs = (connection_banner, icons, menu, outgoing, template_menu, text, typed)

Word = rx.Var[str]


def _draft(thread: Word, words: Word) -> tuple[Word, Word]:
    return thread, words


class Composer(rx.Component):
    """Give it the thread as `key` too.

    What is sent goes to `Outgoing`, which the page needs too. `on_draft(thread, text)` comes a
    moment after the last key and on leaving.
    The thread travels along because a queued event may arrive after another one was opened.
    """

    library = _file.importable_path
    tag = "Composer"

    thread: rx.Var[str]
    draft: rx.Var[str]
    most: rx.Var[int]
    """Characters of a text."""
    templates: rx.Var[bool]
    """Whether a template may go out too."""

    on_draft: rx.EventHandler[_draft]


composer = Composer.create
