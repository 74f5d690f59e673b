"""What an address without a page shows."""

import reflex as rx

from inbox_app.components.empty import empty
from inbox_app.components.links import PlaceLink
from inbox_app.components.tab import TabTitle
from inbox_app.components.text import tr


def not_found() -> rx.Component:
    return rx.el.main(
        empty(
            "search",
            tr("This page does not exist"),
            tr("The address may be wrong, or the page has moved."),
            PlaceLink.create(tr("Back to the inbox"), to="/", class_name="button quiet-button"),
            heading=rx.el.h1,
        ),
        TabTitle.create(name=tr("This page does not exist"), count=0),
        class_name="door",
    )
