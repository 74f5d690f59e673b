"""The section «How you sign in»: one's password, the
second step, and the devices that are signed in (X1)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.forms.fields import field, form_problem, text_input
from inbox_app.components.forms.native_form import native_form
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.layout.icons import icon
from inbox_app.components.people.two_factor import TwoFactor
from inbox_app.components.vars import in_browser, part_for
from inbox_app.domain.accounts.accounts import MIN_PASSWORD, AccountProblem
from inbox_app.pages.settings.devices_state import DevicesState
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.queries.accounts.rows import DeviceRow


def password() -> rx.Component:
    return rx.fragment(
        _outcome(),
        native_form(
            rx.el.input(type="hidden", name="csrf", value=CurrentUserState.csrf, read_only=True),
            field(
                tr("Current password"),
                text_input("current", "password", auto_complete="current-password"),
            ),
            field(
                tr("New password"),
                text_input(
                    "password", "password", auto_complete="new-password", min_length=MIN_PASSWORD
                ),
                tr("At least 8 characters. You will be signed out on your other devices."),
            ),
            rx.el.button(
                tr("Change the password"),
                type="submit",
                disabled=CurrentUserState.csrf == "",
                class_name="button quiet-button",
            ),
            action="/auth/password",
            class_name="password-form",
        ),
    )


def _outcome() -> rx.Component:
    return part_for(
        DevicesState.outcome,
        (
            "changed",
            rx.el.p(
                icon("check"),
                tr("The password is changed: you are signed in on this device alone."),
                role="status",
                class_name="form-done",
            ),
        ),
        ("wrong", form_problem(tr("The current password is wrong: nothing was changed."))),
        (AccountProblem.PASSWORD.value, form_problem(tr("The new password is too short."))),
        ("wait", form_problem(tr("Too many attempts. Wait a minute, then try again."))),
        ("throttled", form_problem(tr("Too many attempts. Try again in a quarter of an hour."))),
        rx.fragment(),
    )


def two_factor() -> rx.Component:
    return TwoFactor.create(factor=DevicesState.factor, on_change=DevicesState.look)


def devices() -> rx.Component:
    return rx.fragment(
        rx.el.ul(rx.foreach(DevicesState.devices, _device), class_name="devices"),
        rx.cond(
            DevicesState.devices.length() > 1,
            rx.el.div(
                rx.el.button(
                    tr("Sign out on all other devices"),
                    type="button",
                    on_click=DevicesState.sign_out_others,
                    class_name="button quiet-button",
                ),
            ),
        ),
    )


def _device(row: ObjectVar[DeviceRow]) -> rx.Component:
    return rx.el.li(
        icon("screen"),
        rx.el.div(
            rx.el.b(_name(row)),
            rx.el.p(
                rx.cond(
                    row["here"],
                    tr("This device"),
                    MomentIn.create(sentence=tr("Last used {moment}"), at=row["seen_at"]),
                )
            ),
        ),
        rx.cond(
            ~row["here"].to(bool),
            rx.el.button(
                tr("Sign out"),
                type="button",
                aria_label=tr("Sign out: {device}", device=_name(row)),
                on_click=DevicesState.sign_out(row["id"].to(str)),
                class_name="button quiet-button",
            ),
        ),
        key=row["id"].to(str),
    )


def _name(row: ObjectVar[DeviceRow]) -> rx.Var[str]:
    browser, system = in_browser(row["browser"].to(str)), in_browser(row["system"].to(str))
    return rx.cond(
        (browser != "") & (system != ""),
        tr("{browser} on {system}", browser=browser, system=system),
        rx.cond(browser != "", browser, tr("Unknown device")),
    ).to(str)
