"""Files that go along with what is written: their parts, which the composer puts together."""

import reflex as rx

from inbox_app.components.dialogs import menu
from inbox_app.components.forms import typed
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_parts = rx.asset("attachments.jsx", shared=True)
_store = rx.asset("attachments.js", shared=True)
_problems = rx.asset("file_problems.js", shared=True)
_needs = (icons, menu, text, typed)
