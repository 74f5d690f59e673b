"""The steps as they are taken, and what stopped one."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.forms.fields import form_problem
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.focus_heading import FocusHeading
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.metas_words import metas_words
from inbox_app.components.vars import in_browser, part_for
from inbox_app.domain.connecting import (
    WANTS_ANOTHER_TOKEN,
    WANTS_FACEBOOK,
    WANTS_PIN,
    WANTS_TOKEN,
    StepFailureReason,
)
from inbox_app.pages.connect.facebook import FacebookState
from inbox_app.pages.connect.failure_words import failure_title, remedy, remedy_by_facebook
from inbox_app.pages.connect.methods import facebook_button, pin_field, token_field
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.connect.words import start_problem, step_name
from inbox_app.queries.connecting.rows import NumberChoice, StepRow

_SETUP = in_browser(ConnectState.setup)
_FAILURE = in_browser(ConnectState.failure)


def progress() -> rx.Component:
    return rx.el.section(
        rx.el.header(
            FocusHeading.create(
                rx.cond(
                    (_SETUP["state"] == "running") | _is(StepFailureReason.CHOOSE_NUMBER),
                    tr("Connecting the number"),
                    tr("The connection has stopped"),
                ),
                level=2,
                of=_SETUP["state"],
            )
        ),
        rx.cond(_SETUP["state"] == "failed", _failure()),
        rx.el.ol(rx.foreach(ConnectState.steps, _step), class_name="steps", aria_live="polite"),
        class_name="wizard-card",
        aria_label=tr("Connecting the number"),
    )


def _step(step: ObjectVar[StepRow]) -> rx.Component:
    state = step["state"]
    return rx.el.li(
        rx.el.span(
            part_for(
                state,
                ("done", icon("check")),
                ("failed", icon("close")),
                rx.fragment(),
            ),
            class_name="step-mark",
            aria_hidden="true",
        ),
        step_name(step["name"]),
        rx.el.span(
            part_for(
                state,
                ("done", rx.fragment(tr("done"))),
                ("failed", rx.fragment(tr("stopped here"))),
                ("waiting", rx.fragment(tr("waiting for you"))),
                ("current", rx.fragment(tr("in progress"))),
                rx.fragment(tr("still to do")),
            ),
            class_name="visually-hidden",
        ),
        class_name=f"step {state}",
        key=step["name"].to(str),
    )


def _failure() -> rx.Component:
    return rx.el.div(
        rx.el.h3(
            rx.cond(_is(StepFailureReason.CHOOSE_NUMBER), icon("question"), icon("warning")),
            failure_title(_FAILURE["reason"]),
        ),
        rx.el.p(
            rx.cond(
                _by_facebook() & _is(*WANTS_TOKEN),
                remedy_by_facebook(),
                remedy(_FAILURE["reason"]),
            )
        ),
        rx.cond(_FAILURE["words"] != "", _metas_words()),
        rx.cond(_is(StepFailureReason.CHOOSE_NUMBER), _choice(), _fix()),
        rx.cond(_still_works(), rx.el.p(tr("Your number keeps working as before."))),
        rx.el.button(
            rx.cond(_still_works(), tr("Leave everything as it was"), tr("Change the details")),
            type="button",
            on_click=ConnectState.change,
            class_name="link-button",
        ),
        class_name=rx.cond(
            _is(StepFailureReason.CHOOSE_NUMBER), "step-failure needs-choice", "step-failure"
        ),
        role="alert",
    )


def _metas_words() -> rx.Component:
    return rx.el.blockquote(
        rx.el.span(
            rx.cond(_is(StepFailureReason.SCOPES_MISSING), tr("What is missing"), tr("Meta says"))
        ),
        rx.el.p(
            rx.cond(
                _is(StepFailureReason.SCOPES_MISSING),
                rx.el.span(_FAILURE["words"], lang="en"),
                metas_words(_FAILURE["words"]),
            ),
            rx.cond(
                _FAILURE["code"].to(int) > 0,
                rx.el.small(tr("code {code}", code=_FAILURE["code"])),
            ),
            dir="auto",
        ),
    )


def _fix() -> rx.Component:
    """Another token or code where one is wanted, the button of Facebook where only that helps."""
    return rx.fragment(
        rx.cond(
            (_is(*WANTS_FACEBOOK) | (_by_facebook() & _is(*WANTS_TOKEN)))
            & (FacebookState.app_id != ""),
            facebook_button(),
        ),
        rx.cond(
            _is(StepFailureReason.CODE_EXPIRED),
            rx.fragment(),
            rx.el.form(
                rx.cond(
                    _is(*WANTS_TOKEN),
                    token_field(saved=_SETUP["token_saved"].to(bool) & ~_is(*WANTS_ANOTHER_TOKEN)),
                ),
                rx.cond(_is(*WANTS_PIN), pin_field(saved=False, optional=False)),
                rx.cond(
                    ConnectState.problem != "", form_problem(start_problem(ConnectState.problem))
                ),
                rx.el.button(icon("retry"), tr("Try again"), type="submit", class_name="button"),
                on_submit=ConnectState.retry,
                class_name="failure-fix",
            ),
        ),
    )


def _still_works() -> rx.Var[bool]:
    return (_SETUP["mode"] == "renew") & ~_SETUP["refused"].to(bool)


def _by_facebook() -> rx.Var[bool]:
    return _SETUP["method"] == "embedded"


def _choice() -> rx.Component:
    return rx.el.ul(rx.foreach(ConnectState.numbers, _number), class_name="number-choices")


def _number(number: ObjectVar[NumberChoice]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            icon("phone"),
            rx.el.b(number["display"]),
            rx.el.span(number["name"], class_name="truncate", dir="auto"),
            type="button",
            on_click=ConnectState.choose_number(number["id"].to(str)),
            class_name="number-choice",
        ),
        key=number["id"].to(str),
    )


def _is(*reasons: StepFailureReason) -> rx.Var[bool]:
    found = [_FAILURE["reason"] == reason.value for reason in sorted(reasons)]
    any_of = found[0]
    for one in found[1:]:
        any_of = any_of | one
    return any_of
