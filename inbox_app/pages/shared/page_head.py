"""The head of a page that lies under another: what it is called, and the way back."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import BackLink
from inbox_app.components.vars import Shown


def page_head(title: Shown, back: str = "/settings") -> rx.Component:
    return rx.el.header(
        BackLink.create(icon("back"), to=back, class_name="icon-button", aria_label=tr("Back")),
        rx.el.h1(title, tab_index=-1),
        class_name="panel-title",
    )
