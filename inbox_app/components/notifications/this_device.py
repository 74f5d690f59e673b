"""Whether this device notifies its person, and a test of it."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons
from inbox_app.components.notifications import notices

_file = rx.asset("this_device.jsx", shared=True)
_needs = (icons, notices, text)


class ThisDevice(rx.Component):
    """`device` is by what it is told, as the server knows it; `on_device` says that it changed."""

    library = _file.importable_path
    tag = "ThisDevice"

    device: rx.Var[str]

    on_device: rx.EventHandler[rx.event.no_args_event_spec]
