"""A heading on which the keyboard lands when what it stood on has gone."""

import reflex as rx

_file = rx.asset("focus_heading.jsx", shared=True)


class FocusHeading(rx.Component):
    """Looks when it comes, and whenever `of` changes."""

    library = _file.importable_path
    tag = "FocusHeading"

    level: rx.Var[int]
    of: rx.Var[bool | str]
