"""What guests ask of the home; its codes are masked until tapped (S3)."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.layout import copy_button, icons
from inbox_app.components.loading import lazy_ahead
from inbox_app.components.saved_replies import reply_editor

_file = rx.asset("home_facts.jsx", shared=True)
_list = rx.asset("home_facts_list.jsx", shared=True)
_needs = (copy_button, icons, lazy_ahead, reply_editor, text)


class HomeFacts(rx.Component):
    """A section of the panel. `facts` are ``HomeFactRow``; `revealed` are codes by their keys, for
    which `on_reveal(key)` asks, or has them hidden again."""

    library = _file.importable_path
    tag = "HomeFacts"

    facts: rx.Var[list]
    withheld: rx.Var[bool]
    """There are codes, and this stay's guests are not told."""
    revealed: rx.Var[dict[str, str]]

    on_reveal: rx.EventHandler[rx.event.passthrough_event_spec(str)]
