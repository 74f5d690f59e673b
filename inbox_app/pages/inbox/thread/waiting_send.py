"""A text that waits for its time or for an answer, at the end of the thread (M10, W7)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.inbox.thread.message_text import message_text
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import some
from inbox_app.pages.inbox.foot.later_state import LaterState
from inbox_app.queries.thread.rows import WaitingSendRow


def waiting_send(row: ObjectVar[WaitingSendRow]) -> rx.Component:
    return rx.el.article(
        rx.el.span(tr("Waiting"), ": ", class_name="visually-hidden"),
        message_text(text=row["text"]),
        rx.el.p(
            icon("clock"),
            rx.el.span(
                rx.cond(
                    some(row["due_at"]),
                    MomentIn.create(sentence=tr("Leaves {moment}"), at=row["due_at"]),
                    tr("Leaves when they answer"),
                ),
                rx.cond(
                    row["has_fallback"],
                    rx.fragment(" · ", tr("a template first, if the window is closed")),
                ),
            ),
            rx.el.button(
                tr("Take back"),
                type="button",
                class_name="link-button",
                on_click=LaterState.cancel(row["id"].to(str)),
            ),
            class_name="waiting-foot",
        ),
        class_name="message outgoing first last waiting-send",
        key=row["id"],
    )
