"""«Vai a una data»: a day to read the thread from (P6)."""

import reflex as rx

from inbox_app.components.dialogs.form_dialog import CloseButton, FormDialog
from inbox_app.components.dialogs.menu import TellItem
from inbox_app.components.forms.fields import field
from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_ASK = "ask-for-a-day"


def day_item() -> rx.Component:
    """In the ⋮ menu."""
    return TellItem.create(tr("Go to a date"), event=_ASK, icon="calendar")


def day_dialog() -> rx.Component:
    return FormDialog.create(
        rx.el.form(
            field(
                tr("Date"),
                rx.el.input(
                    type="date",
                    name="day",
                    required=True,
                    min="1971-01-01",
                    max="2999-12-31",
                    custom_attrs={"data-first": ""},
                ),
                tr("The conversation opens at the first message from that day on."),
            ),
            rx.el.div(
                CloseButton.create(tr("Cancel"), class_name="button quiet-button"),
                rx.el.button(tr("Go"), type="submit", class_name="button"),
                class_name="dialog-end",
            ),
            on_submit=ThreadState.go_to_day,
            class_name="dialog-form",
        ),
        title=tr("Go to a date"),
        opens_on=_ASK,
        done=in_browser(ThreadState.landing)["count"].to_string(),
    )
