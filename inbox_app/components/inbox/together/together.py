"""Who else is at a conversation, and the question before two answer it at once."""

import reflex as rx

from inbox_app.components.dialogs import confirm_dialog
from inbox_app.components.i18n import text
from inbox_app.components.layout import connection_banner
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("together.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in ("together_parts.jsx", "asking.js", "saying.js", "question.js")
]
_needs = (confirm_dialog, connection_banner, lazy_ahead, text)

Word = rx.Var[str]


def _here(thread: Word, doing: Word) -> tuple[Word, Word]:
    return thread, doing


class Together(rx.Component):
    """Give it the thread as `key` too. Listens to the box of that thread, and hears the event
    `answer` before anything leaves it."""

    library = _file.importable_path
    tag = "Together"

    thread: rx.Var[str]
    opened: rx.Var[bool]
    """Whether the rows are of this thread."""
    of: rx.Var[str]
    """The thread that the others are at."""
    others: rx.Var[list[dict[str, str]]]
    """`{id, name, initials, doing}`, who writes first."""
    rows: rx.Var[list[dict[str, object]]]
    """The newest messages."""
    author: rx.Var[str]
    """The name of who writes here."""

    on_here: rx.EventHandler[_here]
    """`on_here(thread, doing)`: looking, typing, writing or away; said again while it lasts."""
