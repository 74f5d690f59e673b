"""Files that go along with what is written: their parts, which the composer puts together."""

import reflex as rx

from inbox_app.components.dialogs import menu
from inbox_app.components.i18n import text
from inbox_app.components.inbox.outgoing import uploads
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

_parts = rx.asset("attachments.jsx", shared=True)
_tray = rx.asset("tray.jsx", shared=True)
_needs = (icons, lazy_ahead, menu, text, uploads)
