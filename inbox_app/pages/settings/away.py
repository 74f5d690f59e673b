"""The section «Out of hours»: when the account answers, and what it says when it does not (S4)."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.forms.fields import field, form_problem
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser
from inbox_app.pages.settings.away_state import DAYS, MAX_TEXT, AwayState, OnCallRow

_away = in_browser(AwayState.away)


def away() -> rx.Component:
    return rx.cond(
        AwayState.away_ready,
        rx.el.form(
            _switch(),
            rx.el.fieldset(
                rx.el.legend(tr("Opening hours")),
                *(_day(place, name) for place, name in enumerate(_day_names())),
                rx.el.small(tr("For example 9:00-13:00, 15:00-19:00; empty when you are closed.")),
                class_name="away-days",
            ),
            _field(
                "closed_days", tr("Closed on"), tr("Dates like 2026-12-25, separated by commas.")
            ),
            _texts(),
            _field(
                "urgent_words",
                tr("Urgent words"),
                tr(
                    "The conversation of anyone who writes one of them gets the label “Urgent”."
                    " Separate them with commas."
                ),
            ),
            _on_call(),
            _preview(),
            rx.el.div(
                rx.el.button(tr("Save"), type="submit", class_name="button quiet-button"),
                rx.cond(
                    AwayState.away_saved,
                    rx.el.span(icon("check"), tr("Saved"), role="status", class_name="saved-note"),
                ),
                class_name="health-actions",
            ),
            key=_away.to_string() + AwayState.on_call.to_string(),
            on_submit=AwayState.save,
            class_name="retention-form",
        ),
        rx.el.div(class_name="skeleton", aria_hidden="true"),
    )


def _switch() -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name="answers", default_checked=_away["answers"]),
        rx.el.span(
            rx.el.b(tr("Answer automatically while you are closed")),
            rx.el.p(tr("Once a night to each person who writes, unless one of you answers first.")),
        ),
        class_name="setting-choice",
    )


def _day_names() -> tuple[rx.Var[str], ...]:
    return (
        tr("Monday"),
        tr("Tuesday"),
        tr("Wednesday"),
        tr("Thursday"),
        tr("Friday"),
        tr("Saturday"),
        tr("Sunday"),
    )


def _day(place: int, label: rx.Var[str]) -> rx.Component:
    name = DAYS[place]
    return rx.el.label(
        rx.el.span(label),
        _input(name, _away["days"][place], max_length=80),
        _wrong(name),
        class_name="away-day",
    )


def _field(name: str, label: Shown, hint: Shown) -> rx.Component:
    control = rx.el.div(_input(name, _away[name], max_length=2000), _wrong(name))
    return field(label, control, hint)


def _texts() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(tr("What you say")),
        *(_text(*each) for each in (("it", "Italiano"), ("en", "English"), ("es", "Español"))),
        rx.el.small(
            tr(
                "Each person reads their own language; where it is empty, the company's, and our "
                "words where you write none."
            )
        ),
        rx.cond(
            AwayState.opening != "",
            rx.el.small(
                tr(
                    "Write {field} where the next opening should appear. Now it would be: {moment}",
                    field="{opening}",
                    moment=AwayState.opening,
                )
            ),
        ),
        class_name="away-days",
    )


def _text(language: str, name: str) -> rx.Component:
    control = rx.el.textarea(
        name=f"text_{language}",
        default_value=_away["texts"][language],
        max_length=MAX_TEXT,
        rows="3",
        dir="auto",
        lang=language,
        aria_invalid=AwayState.wrong == f"text_{language}",
    )
    return field(rx.el.span(name, lang=language), control)


def _on_call() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(tr("On call")),
        rx.foreach(AwayState.on_call, _person_on_call),
        rx.el.small(
            rx.cond(
                AwayState.mail,
                tr(
                    "Urgent words reach them while you are closed, in their quiet hours too, on "
                    "the devices where they are notified and by mail."
                ),
                tr(
                    "Urgent words reach them while you are closed, in their quiet hours too, on "
                    "the devices where they are notified."
                ),
            )
        ),
        class_name="away-days",
    )


def _person_on_call(person: ObjectVar[OnCallRow]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            name="on_call_" + person["id"].to(str),
            default_checked=person["on_call"].to(bool),
        ),
        rx.el.span(person["name"], dir="auto"),
        class_name="setting-choice",
    )


def _preview() -> rx.Component:
    return rx.cond(
        AwayState.preview != "",
        rx.el.div(
            rx.el.b(
                rx.cond(
                    AwayState.open_now,
                    tr("You are open now. After closing, people would read:"),
                    tr("You are closed now. People read:"),
                )
            ),
            rx.el.p(AwayState.preview, dir="auto", lang=AwayState.preview_language),
            class_name="away-preview",
        ),
    )


def _input(name: str, value: Any, **props: Any) -> rx.Component:
    return rx.el.input(
        name=name, default_value=value, aria_invalid=AwayState.wrong == name, **props
    )


def _wrong(name: str) -> rx.Component:
    return rx.cond(AwayState.wrong == name, form_problem(tr("This cannot be read.")))
