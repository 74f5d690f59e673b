"""`/settings`: the connection with WhatsApp, and what one likes to see."""

import reflex as rx

from inbox_app.components.icons import icon
from inbox_app.components.pieces import Shown
from inbox_app.components.preferences import language_form, theme_form
from inbox_app.components.tab import TabTitle
from inbox_app.components.text import tr
from inbox_app.pages import frame
from inbox_app.pages.person import PersonState


def settings() -> rx.Component:
    return frame.frame(
        rx.el.section(
            rx.el.header(rx.el.h1(tr("Settings")), class_name="panel-title"),
            rx.el.div(_whatsapp(), _appearance(), class_name="settings"),
            class_name="page",
            aria_label=tr("Settings"),
        ),
        TabTitle.create(name=tr("Settings"), count=0),
        place="settings",
        pane="page",
    )


def _whatsapp() -> rx.Component:
    return _section(
        "plug",
        tr("WhatsApp account"),
        tr(
            "Each company has one business number. Whoever runs this installation connects it with "
            "the command below, on the server; the token goes in on standard input."
        ),
        rx.el.pre(rx.el.code(_connect_command()), tab_index=0),
        rx.el.p(
            tr("What it needs from Meta is explained step by step in docs/going-live.md."),
            class_name="quiet",
        ),
        rx.cond(
            PersonState.sandbox,
            rx.el.p(
                tr("In the sandbox a simulated number is connected already."), class_name="quiet"
            ),
        ),
    )


def _connect_command() -> rx.Var[str]:
    return rx.Var.create(
        f"bin/inbox connect --account {PersonState.account} --phone-number-id ID --waba-id ID "
        "--accept-contract < token.txt"
    )


def _appearance() -> rx.Component:
    return _section(
        "sun",
        tr("Appearance"),
        tr("They follow you to every device."),
        rx.el.div(
            language_form(PersonState.csrf, PersonState.language),
            theme_form(PersonState.csrf, PersonState.theme),
            class_name="preferences",
        ),
    )


def _section(sign: str, title: Shown, about: Shown, *content: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(icon(sign), title), rx.el.p(about), *content, class_name="settings-section"
    )
