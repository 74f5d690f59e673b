"""Tells whether the tab can be seen."""

import reflex as rx

_file = rx.asset("tab_visibility.jsx", shared=True)


class TabVisibility(rx.Component):
    """`on_change(seen)` comes at once, and whenever the tab is hidden or shown."""

    library = _file.importable_path
    tag = "InSight"

    on_change: rx.EventHandler[rx.event.passthrough_event_spec(bool)]
