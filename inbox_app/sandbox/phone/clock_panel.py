"""The sandbox's clock, beside the phone: buttons that move everybody's time."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.sandbox.phone.clock_state import ClockState
from inbox_app.sandbox.phone.phone_state import PhoneState


def clock_panel() -> rx.Component:
    return rx.el.section(
        rx.el.h2(icon("clock"), tr("Sandbox time")),
        rx.el.p(_ahead(), role="status"),
        rx.el.div(
            _move("hour", tr("+1 hour")),
            _move("six_hours", tr("+6 hours")),
            _chip(tr("To this chat's last minute"), PhoneState.go_to_last_minute),
            _move("reset", tr("Back to the real time")),
            class_name="phone-actions",
        ),
        rx.cond(PhoneState.no_minute_left, rx.el.p(_why_not(), role="alert")),
        aria_label=tr("Sandbox time"),
        class_name="phone-clock",
    )


def _ahead() -> rx.Component:
    moved = (ClockState.days > 0) | (ClockState.hours > 0) | (ClockState.minutes > 0)
    by = {"d": ClockState.days, "h": ClockState.hours, "m": ClockState.minutes}
    return rx.cond(
        moved,
        rx.cond(
            ClockState.days > 0,
            rx.fragment(tr("{d} d {h} h {m} min ahead", **by)),
            rx.fragment(tr("{h} h {m} min ahead", h=by["h"], m=by["m"])),
        ),
        rx.fragment(tr("Move it forward and watch the windows close.")),
    )


def _why_not() -> rx.Var[str]:
    return tr(
        "{name}'s window is closed or about to close: write from the phone to open it again.",
        name=PhoneState.name,
    )


def _move(name: str, label: rx.Var[str]) -> rx.Component:
    return _chip(label, ClockState.move(name))


def _chip(label: rx.Var[str], on_click: rx.event.EventType[()]) -> rx.Component:
    return rx.el.button(label, on_click=on_click, type="button", class_name="chip")
