"""`/login`."""

import reflex as rx

from inbox_app.components.forms.fields import field, form_problem, text_input
from inbox_app.components.forms.native_form import native_form
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.vars import part_for
from inbox_app.pages.sign_in.card import card
from inbox_app.pages.sign_in.state import SignInState


def login() -> rx.Component:
    return card(
        tr("Sign in"),
        tr("All your guests, owners and suppliers in one inbox."),
        part_for(
            SignInState.error,
            ("wrong", form_problem(tr("The e-mail or the password is wrong."))),
            ("wait", form_problem(tr("Too many attempts. Wait a minute, then try again."))),
            (
                "throttled",
                form_problem(tr("Too many attempts. Try again in a quarter of an hour.")),
            ),
            rx.fragment(),
        ),
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
            rx.el.input(type="hidden", name="next", value=SignInState.next, read_only=True),
            rx.el.button(tr("Sign in"), type="submit", class_name="button large"),
            action="/auth/sign-in",
            class_name="form",
        ),
        TabTitle.create(name=tr("Sign in"), count=0),
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
