"""The page of notifications: this device, of what one is told, when, how much is shown (N1, N2)."""

import reflex as rx

from inbox_app.components.forms.fields import field, form_problem
from inbox_app.components.forms.time_zones import time_zone_select
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.notifications.sound_choice import SoundChoice
from inbox_app.components.notifications.this_device import ThisDevice
from inbox_app.components.vars import Shown, in_browser
from inbox_app.pages.notifications.state import NotificationsState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.page_head import page_head

_wanted = in_browser(NotificationsState.wanted)


def notifications() -> rx.Component:
    return frame.frame(
        page_style(sheet="settings"),
        page_style(sheet="notifications"),
        rx.el.section(
            page_head(tr("Notifications")),
            rx.el.div(
                _this_device(),
                rx.cond(NotificationsState.ready, _form()),
                class_name="settings one-column",
            ),
            class_name="page",
            aria_label=tr("Notifications"),
        ),
        TabTitle.create(name=tr("Notifications"), count=NoticesState.unread),
        place="settings",
        pane="page",
    )


def _this_device() -> rx.Component:
    return _section(
        "screen",
        tr("This device"),
        tr("Each device where you are signed in notifies you by itself, if you let it."),
        ThisDevice.create(device=NoticesState.device, on_device=NoticesState.look_again),
    )


def _form() -> rx.Component:
    return rx.el.form(
        _kinds(),
        _screen(),
        _quiet_hours(),
        rx.el.div(
            rx.el.button(tr("Save"), type="submit", class_name="button"),
            rx.cond(
                NotificationsState.outcome == "saved",
                rx.el.p(icon("check"), tr("Saved, for all your devices."), role="status"),
            ),
            rx.cond(
                NotificationsState.outcome == "refused",
                form_problem(tr("This could not be saved: load the page again.")),
            ),
            class_name="form-end",
        ),
        on_submit=NotificationsState.save,
        class_name="notification-form",
    )


def _kinds() -> rx.Component:
    return _section(
        "bell",
        tr("What you are notified of"),
        tr("The same on all your devices."),
        rx.el.fieldset(
            rx.el.legend(tr("New messages")),
            _radio("messages", "all", tr("In all conversations")),
            _radio("messages", "open", tr("In mine and in those assigned to nobody")),
            _radio("messages", "mine", tr("In those assigned to me")),
            _radio("messages", "none", tr("In none")),
            class_name="radio-list",
        ),
        _tick(
            "mention",
            tr("A mention"),
            tr("A colleague names you in an internal note."),
        ),
        _tick(
            "assigned",
            tr("A conversation for you"),
            tr("A colleague assigns it to you."),
        ),
        _tick(
            "closing",
            tr("A window that closes"),
            tr("Somebody is waiting for an answer, and it closes within the hour."),
        ),
        _tick(
            "connection", tr("A broken connection"), tr("Nothing goes out until it is reconnected.")
        ),
        _tick(
            "payment",
            tr("A missing payment method"),
            tr("A message was not delivered because of it; once a day."),
        ),
    )


def _screen() -> rx.Component:
    return _section(
        "eye",
        tr("What others may see and hear"),
        tr("A notification shows on a locked screen too."),
        rx.el.fieldset(
            rx.el.legend(tr("On the screen")),
            _radio("shows", "text", tr("Name and text")),
            _radio("shows", "name", tr("The name only")),
            _radio("shows", "nothing", tr("Neither: only that something came")),
            class_name="radio-list",
        ),
        rx.el.div(
            rx.el.span(tr("Sound"), class_name="radio-legend"),
            SoundChoice.create(value=_wanted["sound"]),
        ),
    )


def _quiet_hours() -> rx.Component:
    has_any = _wanted["quiet_from"] != ""
    return _section(
        "moon",
        tr("Quiet hours"),
        tr("You hear of what came when they end, unless somebody has read it by then."),
        rx.el.label(
            rx.el.input(type="checkbox", name="quiet", value="on", default_checked=has_any),
            rx.el.span(rx.el.b(tr("Quiet hours every day"))),
            class_name="setting-choice quiet-switch",
        ),
        rx.el.div(
            field(
                tr("From"), _time("quiet_from", rx.cond(has_any, _wanted["quiet_from"], "22:00"))
            ),
            field(tr("To"), _time("quiet_to", rx.cond(has_any, _wanted["quiet_to"], "07:00"))),
            field(tr("Time zone"), time_zone_select("time_zone", _wanted["time_zone"])),
            class_name="quiet-hours",
        ),
    )


def _radio(name: str, value: str, label: Shown) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, default_checked=_wanted[name] == value),
        rx.el.span(label),
        class_name="radio-choice",
    )


def _tick(name: str, label: Shown, about: Shown) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, value="on", default_checked=_wanted[name]),
        rx.el.span(rx.el.b(label), rx.el.p(about)),
        class_name="setting-choice",
    )


def _time(name: str, value: Shown) -> rx.Component:
    return rx.el.input(type="time", name=name, default_value=value, required=True)


def _section(sign: str, title: Shown, about: Shown, *content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(icon(sign), title), rx.el.p(about), *content, class_name="settings-section"
    )
