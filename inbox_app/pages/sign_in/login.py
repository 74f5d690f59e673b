"""`/login`."""

import reflex as rx

from inbox_app.components.forms.fields import field, form_problem, text_input
from inbox_app.components.forms.native_form import native_form
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.notifications.forget_device import ForgetDevice
from inbox_app.components.people.two_factor import TwoFactorSetUp
from inbox_app.components.vars import part_for
from inbox_app.domain.accounts.second_factor import SecondStep
from inbox_app.pages.sign_in.card import card
from inbox_app.pages.sign_in.state import SignInState


def login() -> rx.Component:
    return rx.fragment(
        page_style(sheet="two_factor"),
        part_for(
            SignInState.step,
            (SecondStep.CODE.value, _second_step()),
            (SecondStep.SET_UP.value, _setting_up()),
            ("forgot", _forgot()),
            ("sent", _sent()),
            _first_step(),
        ),
        ForgetDevice.create(),
        TabTitle.create(name=tr("Sign in"), count=0),
    )


def _first_step() -> rx.Component:
    return card(
        tr("Sign in"),
        tr("All your guests, owners and suppliers in one inbox."),
        _problem(),
        rx.cond(SignInState.sandbox, _demo()),
        native_form(
            field(
                tr("E-mail"),
                text_input(
                    "email",
                    "email",
                    auto_complete="username",
                    auto_focus=True,
                    default_value=SignInState.email,
                    key=SignInState.email,
                ),
            ),
            field(
                tr("Password"), text_input("password", "password", auto_complete="current-password")
            ),
            _next(),
            rx.el.button(tr("Sign in"), type="submit", class_name="button large"),
            action="/auth/sign-in",
            class_name="form",
        ),
        rx.cond(
            SignInState.mail,
            rx.el.p(
                rx.el.a(tr("Forgot your password?"), href="/login?step=forgot"),
                class_name="sign-in-aside",
            ),
            rx.el.p(
                tr("Forgot your password? An administrator can make you a link."),
                class_name="sign-in-aside",
            ),
        ),
    )


def _second_step() -> rx.Component:
    return card(
        tr("Your code"),
        tr("Open the authenticator app on your phone and enter the six digits it shows."),
        _problem(),
        native_form(
            field(
                tr("Code"),
                text_input("code", auto_complete="one-time-code", auto_focus=True, max_length=40),
                tr("Without your phone: one of your recovery codes."),
            ),
            _next(),
            rx.el.button(tr("Sign in"), type="submit", class_name="button large"),
            rx.el.a(tr("Start again"), href="/login", class_name="button quiet-button"),
            action="/auth/code",
            class_name="form",
        ),
    )


def _setting_up() -> rx.Component:
    return card(
        tr("Two-step verification"),
        tr("Your company asks everybody for a second step. Set it up now: it takes a minute."),
        TwoFactorSetUp.create(to=SignInState.next),
    )


def _forgot() -> rx.Component:
    return card(
        tr("Forgot your password?"),
        tr("We send you a link to choose another."),
        _problem(),
        native_form(
            field(
                tr("E-mail"),
                text_input("email", "email", auto_complete="username", auto_focus=True),
            ),
            rx.el.button(tr("Send the link"), type="submit", class_name="button large"),
            _back(),
            action="/auth/forgot",
            class_name="form",
        ),
    )


def _sent() -> rx.Component:
    return card(
        tr("Check your e-mail"),
        tr("If somebody signs in with this address, a link is on its way. It is good for 2 hours."),
        rx.el.div(_back(), class_name="form"),
    )


def _back() -> rx.Component:
    return rx.el.a(tr("Back to sign in"), href="/login", class_name="button quiet-button")


def _next() -> rx.Component:
    return rx.el.input(type="hidden", name="next", value=SignInState.next, read_only=True)


def _problem() -> rx.Component:
    return part_for(
        SignInState.error,
        ("wrong", form_problem(tr("The e-mail or the password is wrong."))),
        (
            "code",
            form_problem(tr("This code is wrong or was used already. Wait for the next one.")),
        ),
        ("late", form_problem(tr("Too much time has passed: sign in again."))),
        ("wait", form_problem(tr("Too many attempts. Wait a minute, then try again."))),
        ("throttled", form_problem(tr("Too many attempts. Try again in a quarter of an hour."))),
        rx.fragment(),
    )


def _demo() -> rx.Component:
    return rx.el.div(
        icon("info"),
        rx.el.p(
            tr("Sandbox: nothing here reaches WhatsApp. Demo sign-in:"),
            rx.el.span(
                rx.el.code("demo@example.com"),
                " ",
                rx.el.code("demo-inbox"),
                class_name="demo-pair",
            ),
        ),
        class_name="demo-note",
    )
