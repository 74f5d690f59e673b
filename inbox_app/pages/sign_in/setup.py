"""`/setup`: the first account, once."""

import reflex as rx

from inbox_app.components.forms.countries import country_select
from inbox_app.components.forms.fields import field, form_problem, text_input
from inbox_app.components.forms.native_form import native_form
from inbox_app.components.forms.time_zones import time_zone_select
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.vars import part_for
from inbox_app.domain.accounts.accounts import MIN_PASSWORD, AccountProblem
from inbox_app.pages.sign_in.card import card
from inbox_app.pages.sign_in.state import SetupState


def setup() -> rx.Component:
    return card(
        tr("Welcome"),
        tr("Create your company's account and its first administrator."),
        _error(),
        rx.cond(
            SetupState.open, _form(), rx.el.div(class_name="form skeleton", aria_hidden="true")
        ),
        TabTitle.create(name=tr("Welcome"), count=0),
    )


def _form() -> rx.Component:
    return native_form(
        field(
            tr("Company"),
            text_input("account", auto_complete="organization", default_value=SetupState.account),
        ),
        field(
            tr("Your name"),
            text_input("name", auto_complete="name", default_value=SetupState.name),
        ),
        field(
            tr("E-mail"),
            text_input("email", "email", auto_complete="username", default_value=SetupState.email),
        ),
        field(
            tr("Password"),
            text_input(
                "password", "password", auto_complete="new-password", min_length=MIN_PASSWORD
            ),
            tr("At least 8 characters."),
        ),
        rx.el.div(
            field(tr("Country"), country_select("country", SetupState.country)),
            field(tr("Language"), _language()),
            class_name="field-row",
        ),
        field(tr("Time zone"), time_zone_select("timezone", SetupState.timezone)),
        rx.el.button(tr("Create the account"), type="submit", class_name="button large"),
        action="/auth/setup",
        class_name="form",
    )


def _language() -> rx.Component:
    return rx.el.select(
        rx.el.option("Italiano", value="it"),
        rx.el.option("English", value="en"),
        rx.el.option("Español", value="es"),
        name="language",
        id="language",
        default_value=SetupState.language,
    )


def _error() -> rx.Component:
    return part_for(
        SetupState.error,
        ("", rx.fragment()),
        (AccountProblem.NAME.value, form_problem(tr("Enter your company's name and your own."))),
        (AccountProblem.EMAIL.value, form_problem(tr("This is not an e-mail address."))),
        (
            AccountProblem.EMAIL_TAKEN.value,
            form_problem(tr("Someone already signs in with this e-mail.")),
        ),
        (AccountProblem.PASSWORD.value, form_problem(tr("The password is too short."))),
        ("wait", form_problem(tr("Too many attempts. Wait a minute, then try again."))),
        ("throttled", form_problem(tr("Too many attempts. Try again in a quarter of an hour."))),
        form_problem(tr("Something in the form is wrong.")),
    )
