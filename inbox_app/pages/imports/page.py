"""`/imports`: tables dropped, their columns confirmed, checked, imported, undone (A3)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.i18n.times import ListTime
from inbox_app.components.imports.drop_zone import DropZone
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import Shown, in_browser, some
from inbox_app.pages.imports.one import one
from inbox_app.pages.imports.state import ImportsState
from inbox_app.pages.imports.words import kind_name, state_name
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.page_head import page_head
from inbox_app.queries.imports.rows import ImportRow

_rows = in_browser(ImportsState.rows)


def imports() -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        page_style(sheet="imports"),
        rx.el.section(
            rx.cond(
                ImportsState.ready,
                rx.cond(ImportsState.may, _content(), _not_yours()),
                rx.el.div(*[rx.el.i()] * 4, class_name="skeleton", aria_hidden="true"),
            ),
            class_name="page import-page",
            aria_label=tr("Import"),
        ),
        TabTitle.create(name=tr("Import"), count=NoticesState.unread),
        place="settings",
        pane="page",
    )


def _content() -> rx.Component:
    return rx.cond(in_browser(ImportsState.current)["id"] != "", one(), _all())


def _all() -> rx.Component:
    return rx.fragment(
        page_head(tr("Import")),
        rx.el.div(
            rx.el.p(
                tr(
                    "Bring your reservations, people, accommodations and tasks from a file. First "
                    "you see line by line what would happen, and an import can be undone as a "
                    "whole."
                ),
                class_name="import-lead",
            ),
            DropZone.create(),
            rx.cond(_rows.length() > 0, _earlier()),
            class_name="page-parts import-body",
        ),
    )


def _earlier() -> rx.Component:
    return rx.el.section(
        rx.el.h2(tr("Earlier imports")),
        rx.el.ul(rx.foreach(_rows, _row), class_name="boxed boxed-rows"),
    )


def _row(row: ObjectVar[ImportRow]) -> rx.Component:
    return rx.el.li(
        NavigationLink.create(
            rx.el.span(row["filename"], class_name="import-file truncate", dir="auto"),
            rx.el.span(
                rx.el.span(kind_name(row["kind"])),
                rx.el.span(state_name(row["state"])),
                _count(row["created"], tr_n("{n} added", "{n} added", n=row["created"])),
                _count(
                    row["changed"], tr_n("{n} line changed", "{n} lines changed", n=row["changed"])
                ),
                _count(row["refused"], tr("{n} refused", n=row["refused"])),
                class_name="import-what dotted",
            ),
            ListTime.create(at=row["at"]),
            to="/imports/" + row["id"].to(str),
            class_name="import-row",
        ),
        key=row["id"].to(str),
    )


def _count(count: Shown, words: Shown) -> rx.Component:
    return rx.cond(some(count), rx.el.span(words))


def _not_yours() -> rx.Component:
    return empty_state(
        "lock",
        tr("Import"),
        tr("Only administrators import files: ask one of them."),
        heading=rx.el.h1,
    )
