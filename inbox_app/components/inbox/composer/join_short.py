"""The offer to join short messages that have not left (C7)."""

import reflex as rx

from inbox_app.components.forms import typed
from inbox_app.components.i18n import text
from inbox_app.components.inbox.outgoing import outgoing
from inbox_app.components.layout import icons

join_short = rx.asset("join_short.jsx", shared=True)
_run = rx.asset("short_run.js", shared=True)
_needs = (icons, outgoing, text, typed)
