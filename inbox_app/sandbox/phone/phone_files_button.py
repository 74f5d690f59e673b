"""The button of the test phone that sends files of the machine, and the place to let them go."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import icons

_file = rx.asset("phone_files_button.jsx", shared=True)
_needs = (text, icons)


class PhoneFiles(rx.Component):
    """Stands in the form in which one writes: what is in its box goes with the first file that can
    have words."""

    library = _file.importable_path
    tag = "PhoneFiles"

    number: rx.Var[str]
    """The business number that is written to, by its id."""
    person: rx.Var[str]
    most: rx.Var[int]
    """Bytes. Of a larger file only the beginning leaves."""
