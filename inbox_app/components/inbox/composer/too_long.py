"""The offer to send a text that is too long as several messages."""

import reflex as rx

from inbox_app.components.forms import typed
from inbox_app.components.i18n import text

too_long = rx.asset("too_long.jsx", shared=True)
_split = rx.asset("split_text.js", shared=True)
_needs = (typed, text)
