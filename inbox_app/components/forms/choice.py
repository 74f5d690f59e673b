"""One of many, searched for and chosen in a form."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("choice.jsx", shared=True)
_needs = (icons, text)
