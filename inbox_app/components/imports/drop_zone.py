"""Where a table is dropped, or chosen, and uploaded."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("drop_zone.jsx", shared=True)
_needs = (icons, text)


class DropZone(rx.Component):
    """Asks what the lines are, takes one file, and leads to its import."""

    library = _file.importable_path
    tag = "DropZone"
