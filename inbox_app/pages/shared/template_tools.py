"""What the screens of templates share around their lists: how fresh they are, what is sought
(T1, T5)."""

from typing import Any

import reflex as rx

from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.languages import LanguageOptions
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentAfter
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.vars import some

Handler = Any
"""An event handler of a state, as pages hand it on."""


def freshness(around: Any, on_update: Handler) -> rx.Component:
    """When the list was last read from Meta, and the button to read it now."""
    return rx.el.div(
        rx.el.p(
            rx.el.span(_last_read(around), role="status"),
            rx.cond(around["may_manage"], _update(around, on_update)),
            class_name="freshness-line",
        ),
        rx.cond(around["failure"] != "", _failure(around)),
        class_name="freshness",
    )


def tools(state: Any) -> rx.Component:
    """To search and to filter by language, where ``state`` keeps both."""
    return rx.el.div(
        search_box(tr("Search templates"), state.set_search, state.search),
        _language(state.languages, state.language, state.set_language),
        class_name="template-tools",
    )


def _language(codes: Any, chosen: Any, on_choose: Handler) -> rx.Component:
    return rx.el.span(
        page_style(sheet="select"),
        rx.el.select(
            rx.el.option(tr("All languages"), value=""),
            LanguageOptions.create(codes=codes),
            value=chosen,
            on_change=on_choose,
            aria_label=tr("Language"),
        ),
        icon("chevron-down"),
        class_name="select",
    )


def _last_read(around: Any) -> rx.Component:
    return rx.cond(
        around["reading"],
        rx.fragment(tr("Updating…")),
        rx.cond(
            some(around["read_at"]),
            MomentAfter.create(sentence=tr("Last updated {moment}"), at=around["read_at"]),
            rx.fragment(tr("Not yet read from Meta")),
        ),
    )


def _update(around: Any, on_update: Handler) -> rx.Component:
    return rx.el.button(
        rx.cond(around["reading"], icon("retry", "spinning"), icon("retry")),
        tr("Update"),
        type="button",
        class_name="link-button",
        disabled=around["reading"],
        on_click=on_update,
    )


def _failure(around: Any) -> rx.Component:
    return rx.el.p(
        icon("warning"),
        rx.el.span(
            tr("The list couldn't be read from Meta: what you see is an earlier version."),
            " ",
            rx.el.q(around["failure"], dir="auto", lang="en"),
        ),
        class_name="template-failure",
        role="alert",
    )
