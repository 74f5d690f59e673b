"""The round sign of a person: initials on the colour of their kind."""

import reflex as rx

from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown


def avatar(initials: Shown, kind: Shown, group: Shown = False, size: str = "") -> rx.Component:
    """Decoration: the name stands beside it. A number without a name shows a person instead."""
    face = rx.cond(initials == "", icon("person"), initials)
    return rx.el.span(
        rx.cond(group, icon("group"), face),
        class_name=f"avatar {kind} {size}".strip(),
        aria_hidden="true",
    )
