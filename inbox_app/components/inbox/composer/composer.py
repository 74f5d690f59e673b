"""The box a message is written in."""

import reflex as rx

from inbox_app.components.dialogs import menu
from inbox_app.components.forms import typed
from inbox_app.components.i18n import text
from inbox_app.components.inbox.composer import attachments, join_short, send_later, too_long
from inbox_app.components.inbox.outgoing import outgoing, uploads
from inbox_app.components.layout import connection_banner, icons
from inbox_app.components.loading import lazy_ahead
from inbox_app.components.navigation import links
from inbox_app.components.saved_replies import reply_editor
from inbox_app.components.templates import template_menu

_file = rx.asset("composer.jsx", shared=True)
_drafts = rx.asset("draft.js", shared=True)
_emoji = [
    rx.asset(file, shared=True) for file in ("emoji_picker.jsx", "emoji_data.js", "recent_emoji.js")
]
_replies = rx.asset("replies.jsx", shared=True)
_reply_picker = rx.asset("reply_picker.jsx", shared=True)
_needs = (
    attachments,
    connection_banner,
    icons,
    join_short,
    lazy_ahead,
    links,
    menu,
    outgoing,
    reply_editor,
    send_later,
    template_menu,
    text,
    too_long,
    typed,
    uploads,
)

Word = rx.Var[str]


def _one(id_: Word) -> tuple[Word]:
    return (id_,)


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
    # Of emojibase, only the languages that are asked for reach a browser.
    lib_dependencies: list[str] = ["frimousse@0.4.0", "emojibase-data@17.0.0"]  # noqa: RUF012 - Reflex copies it

    thread: rx.Var[str]
    opened: rx.Var[bool]
    """Whether the server has told of the thread; its draft then goes before what was typed."""
    draft: rx.Var[str]
    attached: rx.Var[list[str]]
    """The refs of the files beside it that the server has."""
    most: rx.Var[int]
    """Characters of a text."""
    most_caption: rx.Var[int]
    """Of what goes with a file; 0 where no file may be sent."""
    counted: rx.Var[bool]
    """Whether the channel counts each message, so that one costs less than several."""
    templates: rx.Var[bool]
    """Whether a template may go out too."""

    replies: rx.Var[dict[str, object]]
    """Saved replies, filled in for the conversation that `on_ask_replies(thread, words)` asked
    about: when one types «/», and words that are not among the most used."""

    on_ask_replies: rx.EventHandler[_draft]
    on_use_reply: rx.EventHandler[_one]
    later: rx.Var[dict[str, object]]
    """What the server says of the time that `on_look(thread, time)` asked about."""

    on_draft: rx.EventHandler[_draft]
    on_look: rx.EventHandler[_draft]


composer = Composer.create
