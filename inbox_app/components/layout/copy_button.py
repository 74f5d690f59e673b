"""A small button that copies what stands beside it."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("copy_button.jsx", shared=True)
_needs = (text, icons)


class CopyButton(rx.Component):
    """`label` says what is copied."""

    library = _file.importable_path
    tag = "CopyButton"

    text: rx.Var[str]
    label: rx.Var[str]
    silent: rx.Var[bool]
    """Whether its name leaves out the text itself: it is long, or a secret."""
