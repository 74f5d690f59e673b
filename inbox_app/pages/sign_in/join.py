"""`/join`: who was sent a link chooses a password (X1)."""

import reflex as rx

from inbox_app.components.forms.fields import field, form_problem, text_input
from inbox_app.components.forms.native_form import native_form
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.notifications.forget_device import ForgetDevice
from inbox_app.components.people.password_link import LinkSecret
from inbox_app.components.vars import part_for
from inbox_app.domain.accounts.accounts import MIN_PASSWORD, AccountProblem
from inbox_app.pages.sign_in.card import card
from inbox_app.pages.sign_in.state import JoinState


def join() -> rx.Component:
    return card(
        tr("Welcome"),
        tr("Choose the password you will sign in with."),
        _error(),
        native_form(
            LinkSecret.create(),
            field(
                tr("Your name"),
                rx.el.input(
                    name="name",
                    id="name",
                    auto_complete="name",
                    default_value=JoinState.name,
                    key=JoinState.name,
                ),
                tr("As colleagues see it. Empty: it stays as it is."),
            ),
            field(
                tr("Password"),
                text_input(
                    "password", "password", auto_complete="new-password", min_length=MIN_PASSWORD
                ),
                tr("At least 8 characters."),
            ),
            rx.el.button(tr("Join"), type="submit", class_name="button large"),
            action="/auth/join",
            class_name="form",
        ),
        ForgetDevice.create(),
        TabTitle.create(name=tr("Welcome"), count=0),
    )


def _error() -> rx.Component:
    return part_for(
        JoinState.error,
        ("", rx.fragment()),
        (AccountProblem.PASSWORD.value, form_problem(tr("The password is too short."))),
        ("wait", form_problem(tr("Too many attempts. Wait a minute, then try again."))),
        ("throttled", form_problem(tr("Too many attempts. Try again in a quarter of an hour."))),
        form_problem(tr("This link no longer works: ask an administrator for another.")),
    )
