"""The card that the pages before the inbox share."""

import reflex as rx

from inbox_app.components.forms.preferences import language_form
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import page_language
from inbox_app.components.vars import Shown


def card(title: Shown, about: Shown, *content: rx.Component) -> rx.Component:
    return rx.el.main(
        page_style(sheet="sign_in"),
        rx.el.div(
            rx.el.span("U", class_name="logo", aria_hidden="true"),
            rx.el.h1(title),
            rx.el.p(about, class_name="quiet"),
            *content,
            class_name="sign-in-card",
        ),
        rx.el.footer(language_form(None, page_language())),
        class_name="sign-in",
    )
