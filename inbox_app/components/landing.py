"""A heading on which the keyboard lands when what it stood on has gone."""

import reflex as rx

_file = rx.asset("landing.jsx", shared=True)


class Landing(rx.Component):
    """Looks when it comes, and whenever `of` changes."""

    library = _file.importable_path
    tag = "Landing"

    level: rx.Var[int]
    of: rx.Var[bool | str]
