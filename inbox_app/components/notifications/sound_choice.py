"""A choice of what is heard."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.notifications import notices

_file = rx.asset("sound_choice.jsx", shared=True)
_needs = (notices, text)


class SoundChoice(rx.Component):
    """Radio buttons of the name `sound`."""

    library = _file.importable_path
    tag = "SoundChoice"

    value: rx.Var[str]
