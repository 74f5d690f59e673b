"""The last step: Meta's Embedded Signup, or what is typed by hand (C4)."""

import reflex as rx

from inbox_app.components.connecting.facebook_signup import FacebookSignup
from inbox_app.components.forms.fields import field, form_problem
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.focus_heading import FocusHeading
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser
from inbox_app.domain.connecting import SetupProblem
from inbox_app.pages.connect.facebook import FacebookState
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.connect.words import start_problem

_SETUP = in_browser(ConnectState.setup)
_problem = ConnectState.problem
_OF_A_FIELD = [
    problem.value
    for problem in (
        SetupProblem.PHONE_NUMBER_ID,
        SetupProblem.WABA_ID,
        SetupProblem.TOKEN,
        SetupProblem.PIN,
    )
]


def methods() -> rx.Component:
    return rx.el.section(
        rx.el.header(FocusHeading.create(tr("Connect the number"), level=2, of=_SETUP["ready"])),
        rx.cond(
            _SETUP["ready"],
            rx.fragment(),
            rx.el.p(
                icon("lock"),
                tr("Available once all three requirements are ticked."),
                class_name="wizard-locked",
            ),
        ),
        rx.cond(FacebookState.app_id != "", _by_facebook()),
        rx.cond(
            FacebookState.app_id != "",
            rx.el.details(
                rx.el.summary(
                    rx.cond(
                        _SETUP["mode"] == "fresh",
                        tr("Or manually, with the IDs and a token"),
                        tr("Or manually, with a token"),
                    )
                ),
                _by_hand(),
                open=(_SETUP["method"] == "manual") & (_SETUP["phone_number_id"] != ""),
            ),
            _by_hand(),
        ),
        class_name="wizard-card",
        aria_label=tr("Connect the number"),
    )


def facebook_button() -> rx.Component:
    return FacebookSignup.create(
        app_id=FacebookState.app_id,
        config_id=FacebookState.config_id,
        version=FacebookState.version,
        sdk=FacebookState.sdk,
        disabled=~_SETUP["ready"].to(bool),
        on_code=ConnectState.connect_by_facebook,
    )


def _by_facebook() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            tr(
                "A Facebook window opens: sign in, choose your company and its number, and "
                "confirm. There is nothing to copy, and you come back here automatically."
            )
        ),
        facebook_button(),
        class_name="facebook-signup",
    )


def _by_hand() -> rx.Component:
    """What was typed stays; the token is never shown again."""
    fresh = _SETUP["mode"] == "fresh"
    return rx.el.form(
        rx.el.p(
            rx.cond(
                fresh,
                tr(
                    "Both IDs are in Meta's app dashboard, under WhatsApp, API Setup; the token "
                    "is created in the business settings, for a system user."
                ),
                tr("The token is created in Meta's business settings, for a system user."),
            ),
            class_name="quiet",
        ),
        rx.cond(
            fresh,
            rx.el.div(
                _told(
                    SetupProblem.PHONE_NUMBER_ID,
                    _id("phone_number_id", tr("Phone number ID"), _SETUP["phone_number_id"]),
                ),
                _told(
                    SetupProblem.WABA_ID,
                    _id("waba_id", tr("WhatsApp account ID"), _SETUP["waba_id"]),
                ),
                class_name="field-row",
            ),
        ),
        _told(SetupProblem.TOKEN, token_field(saved=_SETUP["token_saved"])),
        _told(SetupProblem.PIN, pin_field(saved=_SETUP["pin_saved"], optional=True)),
        rx.cond(
            (ConnectState.problem != "") & ~rx.Var.create(_OF_A_FIELD).contains(_problem),
            form_problem(start_problem(_problem)),
        ),
        rx.el.button(
            tr("Connect"),
            type="submit",
            disabled=~_SETUP["ready"].to(bool),
            class_name="button large",
        ),
        on_submit=ConnectState.connect_by_hand,
        class_name="form manual-credentials",
    )


def _told(problem: SetupProblem, control: rx.Component) -> rx.Component:
    """The field, with what is wrong with it below."""
    return rx.el.div(
        control, rx.cond(_problem == problem.value, form_problem(start_problem(_problem)))
    )


def _id(name: str, label: Shown, value: Shown) -> rx.Component:
    return field(
        label,
        rx.el.input(
            name=name,
            id=name,
            type="text",
            default_value=value,
            key=value,
            input_mode="numeric",
            auto_complete="off",
            spell_check=False,
            max_length=40,
            required=True,
            aria_invalid=ConnectState.problem == name,
        ),
    )


def token_field(*, saved: Shown) -> rx.Component:
    return field(
        tr("System user's access token"),
        rx.el.input(
            name="token",
            id="token",
            type="password",
            auto_complete="off",
            spell_check=False,
            max_length=4096,
            placeholder=rx.cond(saved, tr("saved: leave empty to keep it"), "EAA…"),
            required=~in_browser(saved).to(bool),
            aria_invalid=ConnectState.problem == "token",
        ),
        tr("It is stored encrypted and never shown again."),
    )


def pin_field(*, saved: Shown, optional: bool) -> rx.Component:
    return field(
        tr("Two-step code (only if the number has one)") if optional else tr("Two-step code"),
        rx.el.input(
            name="pin",
            id="pin",
            type="text",
            input_mode="numeric",
            auto_complete="off",
            max_length=6,
            pattern="[0-9]{6}",
            placeholder=rx.cond(saved, tr("saved"), tr("six digits")),
            required=not optional,
            aria_invalid=ConnectState.problem == "pin",
        ),
    )
