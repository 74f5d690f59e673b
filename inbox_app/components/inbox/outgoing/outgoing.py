"""What is sent from the page, shown at once and handed over until the server has answered."""

import reflex as rx

from inbox_app.components.forms import acknowledged_send, typed
from inbox_app.components.i18n import text, times
from inbox_app.components.inbox.media import media_file
from inbox_app.components.inbox.outgoing import uploads
from inbox_app.components.inbox.thread import message_text
from inbox_app.components.layout import connection_banner, icons
from inbox_app.components.loading import lazy_ahead

_queue = rx.asset("outgoing.js", shared=True)
_order = rx.asset("sending_order.js", shared=True)
_store = rx.asset("outgoing_store.js", shared=True)
_postman = rx.asset("outgoing.jsx", shared=True)
_bubbles = rx.asset("pending_messages.jsx", shared=True)
_waiting = rx.asset("waiting_sends.jsx", shared=True)
_files = rx.asset("pending_file.jsx", shared=True)
_line = rx.asset("unsent_line.jsx", shared=True)
_needs = (
    acknowledged_send,
    connection_banner,
    icons,
    lazy_ahead,
    media_file,
    message_text,
    text,
    times,
    typed,
    uploads,
)

Word = rx.Var[str]


def _send(thread: Word, words: Word, ref: Word) -> tuple[Word, Word, Word]:
    return thread, words, ref


def _later(
    thread: Word, words: Word, ref: Word, local: Word, fallback: Word
) -> tuple[Word, Word, Word, Word, Word]:
    return thread, words, ref, local, fallback


def _undo(thread: Word, ref: Word) -> tuple[Word, Word]:
    return thread, ref


class Outgoing(rx.Component):
    """Calls `on_send(thread, text, ref)` for what the person sends from any box, in its order, and
    again with the same ref until `settled` has an answer for it. The texts outlive a reload, and
    the tab: another then calls for them, so that one may come twice, and must be taken once."""

    library = _postman.importable_path
    lib_dependencies: list[str] = ["idb-keyval@6.3.0"]  # noqa: RUF012 - Reflex copies it
    tag = "Outgoing"

    person: rx.Var[str]
    """Texts belong to who wrote them, whoever signs in next in the same browser."""
    settled: rx.Var[list[dict[str, str]]]
    """The latest answers, each a `ref` and its `outcome`: sent, refused, undone, too_late."""
    hold: rx.Var[int]
    """The seconds for which what is sent can be taken back."""

    on_send: rx.EventHandler[_send]
    on_file: rx.EventHandler[_send]
    """The same for what was attached, with its caption: its ref is `upload:` and its upload's."""
    on_later: rx.EventHandler[_later]
    """The same for what is to wait for a time there, or without one for an answer."""
    on_undo: rx.EventHandler[_undo]
    """Said until it is answered too."""


class PendingMessages(rx.Component):
    """Stands at the end of the rows of a thread: what they have not yet, by their `client_ref`."""

    library = _bubbles.importable_path
    tag = "PendingMessages"

    thread: rx.Var[str]
    rows: rx.Var[list[dict[str, object]]]
    waiting: rx.Var[list[dict[str, object]]]
    """What waits for its condition, with its `client_ref` too."""
    author: rx.Var[str]
    """The name of who writes here."""

    on_take_back: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    """Of what waits, with its id."""


class UnsentLine(rx.Component):
    """The line of a conversation in a list: the newest that was sent from here and has not left,
    else what stands in it, which is the server's word and changes with `said`."""

    library = _line.importable_path
    tag = "UnsentLine"

    thread: rx.Var[str]
    said: rx.Var[str]


class UndoSend(rx.Component):
    """Takes back the text that was sent with this reference while it can be: from this page, or
    from any by the same person, as the server says that it is held."""

    library = _bubbles.importable_path
    tag = "UndoSend"

    client_ref: rx.Var[str]
    held: rx.Var[dict[str, object] | None]
    """A ``HeldRow``."""
    text: rx.Var[str]
    thread: rx.Var[str]
