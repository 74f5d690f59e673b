"""The one alert before a window closes on somebody who waits for an answer (W6)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import WindowLeft
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.queries.inbox.rows import WaitingRow


def waiting_alert(row: ObjectVar[WaitingRow]) -> rx.Component:
    return rx.el.div(
        NavigationLink.create(
            rx.el.span(
                tr("{name} is waiting for an answer", name=row["name"]),
                class_name="truncate",
                dir="auto",
            ),
            WindowLeft.create(
                phase="open", closes_at=row["closes_at"], length=row["window_length"]
            ),
            to=f"/inbox/{row['id']}",
        ),
        rx.el.button(
            icon("close"),
            type="button",
            aria_label=tr("Dismiss this alert"),
            class_name="icon-button",
            on_click=InboxState.dismiss(row["id"].to(str)),
        ),
        role="alert",
        class_name="waiting-alert",
        key=row["id"],
    )
