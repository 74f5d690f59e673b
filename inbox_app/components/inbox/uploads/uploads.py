"""Files that go along with what is written, from being chosen until they are on the server."""

import reflex as rx

from inbox_app.components.inbox.thread import outgoing
from inbox_app.components.layout import lazy_ahead

_store = rx.asset("uploads.js", shared=True)
_uploader = rx.asset("uploader.js", shared=True)
_needs = (lazy_ahead, outgoing)
