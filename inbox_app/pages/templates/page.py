"""`/templates`: all WhatsApp templates of the company, with what Meta says of each."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ServerClock
from inbox_app.components.layout.empty_state import empty_state, not_connected
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.list_window import ListWindow
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import NavigationButton
from inbox_app.components.templates import template_words
from inbox_app.components.vars import Shown, in_browser, some
from inbox_app.domain.templates import TemplateState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.template_notice import template_notice
from inbox_app.pages.shared.template_tools import freshness, tools
from inbox_app.pages.templates.card import card
from inbox_app.pages.templates.delete_dialog import delete_dialog
from inbox_app.pages.templates.state import TemplatesState

_rows = in_browser(TemplatesState.rows)
_counts = in_browser(TemplatesState.counts)
_SKELETONS = 6


def templates() -> rx.Component:
    return frame.frame(
        page_style(sheet="templates"),
        page_style(sheet="templates_page"),
        rx.el.section(
            _head(),
            template_notice("/templates"),
            rx.cond(TemplatesState.ready, _list(), _skeleton()),
            class_name="page templates",
            aria_label=tr("Templates"),
        ),
        delete_dialog(),
        ServerClock.create(at=TemplatesState.server_now, zone=CurrentUserState.time_zone),
        TabTitle.create(name=tr("Templates"), count=NoticesState.unread),
        place="templates",
        pane="page",
    )


def _head() -> rx.Component:
    return rx.el.div(
        rx.el.header(
            rx.el.h1(tr("WhatsApp templates"), tab_index=-1),
            rx.cond(_has_any(), _create()),
            class_name="panel-title",
        ),
        rx.el.div(
            freshness(in_browser(TemplatesState.sync), TemplatesState.update_list),
            rx.cond(_has_any(), tools(TemplatesState)),
            class_name="templates-tools",
        ),
        rx.cond(_has_any(), _chips()),
        class_name="templates-head",
    )


def _has_any() -> rx.Var[bool]:
    """Whatever is searched for and filtered by."""
    return some(sum(_counts[state.value] for state in TemplateState))


def _create() -> rx.Component:
    return rx.cond(
        TemplatesState.sync["may_manage"],
        NavigationButton.create(
            icon("plus"), tr("Create template"), to="/templates/new", class_name="button"
        ),
    )


def _chips() -> rx.Component:
    every = sum(_counts[state.value] for state in TemplateState)
    return rx.el.div(
        _chip("", tr("All states"), every),
        *(
            _chip(state.value, template_words.state_name(state.value), _counts[state.value])
            for state in TemplateState
        ),
        class_name="chips",
        role="group",
        aria_label=tr("Filters"),
    )


def _chip(state: str, label: Shown, count: Shown) -> rx.Component:
    return rx.el.button(
        label,
        rx.cond(some(count), rx.el.b(count)),
        type="button",
        class_name="chip",
        aria_pressed=TemplatesState.in_state == state,
        on_click=TemplatesState.set_state(state),
    )


def _list() -> rx.Component:
    return rx.cond(
        _rows.length() > 0,
        ListWindow.create(
            rx.foreach(_rows, card),
            list=f"{TemplatesState.in_state}/{TemplatesState.language}/{TemplatesState.search}",
            first=_rows[0]["id"],
            last=_rows[_rows.length() - 1]["id"],
            has_earlier=TemplatesState.has_earlier,
            has_later=TemplatesState.has_later,
            label=tr("Templates"),
            on_earlier=TemplatesState.show_earlier,
            on_later=TemplatesState.show_later,
        ),
        _empty(),
    )


def _empty() -> rx.Component:
    return rx.cond(
        _is_filtered() | (TemplatesState.search != ""),
        _nothing_matches(),
        rx.cond(TemplatesState.connected, _none(), _not_connected()),
    )


def _is_filtered() -> rx.Var[bool]:
    return (TemplatesState.in_state != "") | (TemplatesState.language != "")


def _nothing_matches() -> rx.Component:
    return empty_state(
        "search",
        tr("Nothing found"),
        tr("No template matches your search and filters."),
        rx.cond(
            _is_filtered(),
            rx.el.button(
                tr("Show all"),
                type="button",
                class_name="button quiet-button",
                on_click=TemplatesState.show_all,
            ),
        ),
    )


def _none() -> rx.Component:
    return empty_state(
        "template",
        tr("No templates yet"),
        tr(
            "With a template you can write first, or after the 24 hours are over. Write "
            "one here, or create it in Meta's own tools: it appears here automatically."
        ),
        rx.cond(
            TemplatesState.sync["may_manage"],
            NavigationButton.create(
                tr("Create template"), to="/templates/new", class_name="button"
            ),
        ),
    )


def _not_connected() -> rx.Component:
    return not_connected(
        tr("No WhatsApp account is connected"),
        tr("Templates are reviewed by Meta for your business number: connect it first."),
        may_connect=TemplatesState.may_connect,
    )


def _skeleton() -> rx.Component:
    bone = rx.el.i()
    return rx.el.div(
        *[bone] * _SKELETONS,
        class_name="list-window template-skeleton skeleton",
        aria_hidden="true",
    )
