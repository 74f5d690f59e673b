"""A button that opens a few words of explanation."""

import reflex as rx

from inbox_app.components import icons, text

_file = rx.asset("explain.jsx", shared=True)
_needs = (icons, text)


class Explain(rx.Component):
    """Its children are what the dialog says under its title."""

    library = _file.importable_path
    tag = "Explain"

    label: rx.Var[str]
    title: rx.Var[str]
