"""One import, by where it stands: its columns, its check, its progress, its report."""

import reflex as rx

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import Shown, in_browser, part_for, some
from inbox_app.domain.imports.states import ImportState, Outcome
from inbox_app.pages.imports.columns import columns
from inbox_app.pages.imports.lines import lines
from inbox_app.pages.imports.state import ImportsState
from inbox_app.pages.imports.words import kind_name, state_name

_current = in_browser(ImportsState.current)


def one() -> rx.Component:
    """The import that is open."""
    return rx.fragment(
        _head(),
        rx.el.div(
            rx.cond(ImportsState.refused_step, _did_not()),
            part_for(
                _current["state"],
                (ImportState.MAPPING.value, columns()),
                (ImportState.CHECKED.value, _checked()),
                (ImportState.IMPORTED.value, _imported()),
                (ImportState.UNDONE.value, _undone()),
                _progress(),
            ),
            class_name="page-parts import-body",
        ),
        _undo_dialog(),
    )


def _head() -> rx.Component:
    return rx.el.header(
        NavigationLink.create(
            icon("back"), to="/imports", class_name="icon-button", custom_attrs=_BACK
        ),
        rx.el.div(
            rx.el.h1(_current["filename"], tab_index=-1, dir="auto", class_name="import-title"),
            rx.el.p(
                rx.el.span(kind_name(_current["kind"])),
                rx.el.span(tr_n("{n} line", "{n} lines", n=_current["lines"])),
                rx.el.span(state_name(_current["state"]), role="status"),
                class_name="import-what dotted",
            ),
        ),
        class_name="panel-title import-head",
    )


_BACK = {"title": tr("All imports"), "aria-label": tr("All imports")}


def _did_not() -> rx.Component:
    return rx.el.p(
        tr("That is not possible now: the import has gone on meanwhile, or nothing would change."),
        role="alert",
        class_name="import-problem",
    )


def _progress() -> rx.Component:
    undoing = _current["state"] == ImportState.UNDOING.value
    return rx.el.div(
        rx.el.p(state_name(_current["state"])),
        rx.el.progress(
            max=_current["lines"].to(int),
            value=_current["counted"].to(int),
            aria_label=tr("Import"),
        ),
        rx.el.p(
            tr("{n} of {all} lines", n=_current["counted"], all=_current["lines"]),
            class_name="quiet",
        ),
        rx.cond(
            undoing,
            rx.fragment(),
            rx.el.p(
                tr("You can leave this page: it goes on by itself, after a restart too."),
                class_name="quiet",
            ),
        ),
        class_name="import-progress",
    )


def _checked() -> rx.Component:
    going_in = _current["created"].to(int) + _current["changed"].to(int)
    refused = _current["refused"].to(int)
    return rx.fragment(
        rx.el.p(tr("Nothing has been imported yet. This is what would happen:")),
        _chips(would=True),
        lines(),
        rx.el.footer(
            rx.cond(
                some(going_in),
                rx.cond(
                    some(refused),
                    rx.el.button(
                        tr_n("Import the other {n} line", "Import the other {n} lines", n=going_in),
                        type="button",
                        class_name="button",
                        on_click=ImportsState.run(True),
                    ),
                    rx.el.button(
                        tr_n("Import {n} line", "Import {n} lines", n=going_in),
                        type="button",
                        class_name="button",
                        on_click=ImportsState.run(False),
                    ),
                ),
                rx.el.p(tr("No line would change anything."), class_name="quiet"),
            ),
            rx.el.button(
                tr("Change the columns"),
                type="button",
                class_name="button quiet-button",
                on_click=ImportsState.map_again,
            ),
            _discard(),
            class_name="import-actions",
        ),
    )


def _imported() -> rx.Component:
    return rx.fragment(
        _chips(would=False),
        lines(),
        rx.el.footer(
            rx.el.button(
                tr("Undo this import"),
                type="button",
                class_name="button quiet-button",
                on_click=ImportsState.ask_undo(True),
            ),
            class_name="import-actions",
        ),
    )


def _undone() -> rx.Component:
    return rx.fragment(
        rx.el.p(tr_n("{n} line was undone.", "{n} lines were undone.", n=_current["undone"])),
        rx.cond(
            some(_current["kept"]),
            rx.el.p(
                tr_n(
                    "{n} line was left as it is, or in part: somebody has changed it since.",
                    "{n} lines were left as they are, or in part: somebody has changed them since.",
                    n=_current["kept"],
                ),
                class_name="import-note",
            ),
        ),
        rx.el.div(
            _chip(Outcome.KEPT, tr("Left as they are"), _current["kept"]),
            class_name="import-chips",
        ),
        lines(),
    )


def _chips(*, would: bool) -> rx.Component:
    return rx.el.div(
        _chip(Outcome.NEW, tr("New"), _current["created"]),
        _chip(Outcome.CHANGED, tr("Changed"), _current["changed"]),
        _chip(Outcome.UNCHANGED, tr("Unchanged"), _current["unchanged"]),
        _chip(Outcome.REFUSED, tr("Refused lines"), _current["refused"]),
        class_name="import-chips",
        role="group",
        aria_label=tr("What would happen") if would else tr("What happened"),
    )


def _chip(outcome: Outcome, name: Shown, count: Shown) -> rx.Component:
    is_on = ImportsState.outcome == outcome.value
    return rx.el.button(
        name,
        rx.el.b(count),
        type="button",
        class_name=f"chip import-{outcome.value}",
        disabled=~some(count),
        aria_pressed=is_on,
        on_click=ImportsState.list_lines(rx.cond(is_on, "", outcome.value), 0),
    )


def _discard() -> rx.Component:
    return rx.el.button(
        tr("Discard"), type="button", class_name="link-button", on_click=ImportsState.discard
    )


def _undo_dialog() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(
            tr(
                "What the import added goes, what it changed becomes what it was. Whatever "
                "somebody has changed since stays, and you are told."
            )
        ),
        open=ImportsState.asking,
        title=tr("Undo this import?"),
        confirm_label=tr("Undo this import"),
        busy=False,
        focus_after=".import-page h1",
        on_confirm=ImportsState.undo,
        on_cancel=ImportsState.ask_undo(False),
    )
