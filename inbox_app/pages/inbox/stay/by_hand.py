"""Reservations that are written beside a thread; loaded when the page is idle (A3)."""

import reflex as rx

from inbox_app.components.dialogs.menu import TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.stays.reservation_form import NEW_RESERVATION
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.shared.reservation_form import reservation_form
from inbox_app.pages.shared.reservation_state import ReservationFormState

_header = in_browser(ThreadState.header)
_stay = in_browser(StayState.stay)


def new_stay_item() -> rx.Component:
    """In the ⋮ menu of a conversation with a guest."""
    return rx.cond(
        _header["kind"] == "guest",
        TellItem.create(tr("New reservation"), event=NEW_RESERVATION, icon="plus"),
    )


def stay_form() -> rx.Component:
    return lazy_part(form_beside_thread())


def change_stay() -> rx.Component:
    """Below what is told of the reservation, where it was written by hand."""
    return lazy_part(change_button())


@rx.memo
def form_beside_thread() -> rx.Component:
    return reservation_form(thread=_header["id"], focus_after=".thread-head > [aria-haspopup=menu]")


@rx.memo
def change_button() -> rx.Component:
    return rx.cond(
        _stay["by_hand"],
        rx.el.button(
            icon("edit"),
            tr("Edit reservation"),
            type="button",
            class_name="link-button",
            aria_haspopup="dialog",
            on_click=ReservationFormState.change(_stay["id"].to(str)),
        ),
    )
