"""What came while nobody looked: the offer to be told, the sound, the badges."""

import reflex as rx

from inbox_app.components.forms import typed
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

_key = rx.asset("notices.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in (
        "notices_parts.jsx",
        "device.js",
        "badges.js",
        "sounds.js",
        "seen.js",
        "shared.jsx",
        "shared.js",
    )
]
_needs = (icons, lazy_ahead, text, typed)


def _draft(thread: rx.Var[str], words: rx.Var[str]) -> tuple[rx.Var[str], rx.Var[str]]:
    return thread, words


class Notices(rx.Component):
    """`told` are ``NoticeRow``, read at the moment `read_at`; `device` says by what this one is
    told, and `on_device` that it has changed. Draws nothing but, once, the offer."""

    library = _key.importable_path
    tag = "Notices"

    person: rx.Var[str]
    told: rx.Var[list[dict[str, object]]]
    unread: rx.Var[int]
    device: rx.Var[str]
    sound: rx.Var[str]
    quiet: rx.Var[bool]
    read_at: rx.Var[int]
    thread: rx.Var[str]
    """The full name of the state whose threads are kept for when there is no network, or ""."""

    on_device: rx.EventHandler[rx.event.no_args_event_spec]
    on_draft: rx.EventHandler[_draft]
    """What was written without a network: a thread and its words."""
