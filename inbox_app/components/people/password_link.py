"""Links by which people choose a password: made for them, and used by them (X1)."""

import reflex as rx

from inbox_app.components.i18n import text, times
from inbox_app.components.layout import copy_button

_file = rx.asset("password_link.jsx", shared=True)
_needs = (text, times, copy_button)


class _Part(rx.Component):
    library = _file.importable_path


class PasswordLink(_Part):
    """A button that makes a link for `person` (an id), and shows it in its place."""

    tag = "PasswordLink"

    person: rx.Var[str]
    label: rx.Var[str]


class LinkSecret(_Part):
    """Hands what stands behind the ``#`` of the address to the form around it, as `token`."""

    tag = "LinkSecret"
