"""The reservation in a line under the header, where there is no room beside the thread (P3)."""

import reflex as rx

from inbox_app.components.dialogs.side_panel import SidePanelLink
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import Money
from inbox_app.components.inbox.list.chips import stay_status_name
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.stay.stay_state import StayState

_stay = in_browser(StayState.stay)


def stay_strip() -> rx.Component:
    """Phase, accommodation and what is still to be paid; a press shows the whole."""
    return rx.cond(
        StayState.shown,
        SidePanelLink.create(
            rx.el.span(stay_status_name(_stay["phase"]), class_name=f"tag status {_stay['phase']}"),
            rx.el.b(_stay["accommodation"], class_name="truncate", dir="auto"),
            rx.cond(_is_due(), rx.el.span(_due(), class_name="due")),
            icon("chevron-down"),
            hint=tr("Show the reservation"),
            class_name="stay-strip",
        ),
    )


def _is_due() -> rx.Var[bool]:
    return (_stay["balance"] != "") & (_stay["balance"].to(float) > 0)


def _due() -> rx.Component:
    amount = Money.create(amount=_stay["balance"], currency=_stay["currency"])
    return rx.fragment(tr("Balance due"), " ", amount)
