"""What is written in a drawer: its frame and its fields, alike whatever is written."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("drawer_form.jsx", shared=True)
_needs = (dialog, icons, text)
