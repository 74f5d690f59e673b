"""What an address without a page shows."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.navigation.links import NavigationLink


def not_found() -> rx.Component:
    return rx.el.main(
        empty_state(
            "search",
            tr("This page does not exist"),
            tr("The address may be wrong, or the page has moved."),
            NavigationLink.create(
                tr("Back to the inbox"), to="/", class_name="button quiet-button"
            ),
            heading=rx.el.h1,
        ),
        TabTitle.create(name=tr("This page does not exist"), count=0),
        class_name="sign-in",
    )
