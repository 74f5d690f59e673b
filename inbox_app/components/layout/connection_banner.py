"""The line that says that the connection is lost; it takes the place of Reflex's toasts."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("connection_banner.jsx", shared=True)
_needs = (icons, text)


class ConnectionBanner(rx.Component):
    """Shown only while the server is out of reach for more than a moment."""

    library = _file.importable_path
    tag = "ConnectionBanner"


class Pending(rx.Component):
    """Its children, a skeleton, until the connection is lost: then `sentence`, or nothing."""

    library = _file.importable_path
    tag = "Pending"

    sentence: rx.Var[str]


connection_banner = ConnectionBanner.create
