"""The photos of a conversation, large and at a glance (M3)."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.i18n import text, times
from inbox_app.components.inbox.media import media_file
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

OPEN_PHOTOS = "open-photos"
"""Opens all of them; in the thread each opens itself."""

_file = rx.asset("photo_viewer.jsx", shared=True)
_photos = rx.asset("photos.jsx", shared=True)
_needs = (dialog, icons, lazy_ahead, media_file, text, times)


class PhotoViewer(rx.Component):
    """Waits for the event; what it shows is loaded when it is first used."""

    library = _file.importable_path
    tag = "PhotoViewer"

    conversation: rx.Var[str]
