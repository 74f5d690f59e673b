"""The part of the screen that a phone's keyboard leaves to the page."""

import reflex as rx

_file = rx.asset("visual_viewport.jsx", shared=True)


class VisualViewport(rx.Component):
    """Keeps the height that can be seen in the stylesheet's `--screen`."""

    library = _file.importable_path
    tag = "VisualViewport"
