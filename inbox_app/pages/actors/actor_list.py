"""The left panel: everybody on file, by name, with filters and search (A3, P5)."""

from collections.abc import Callable

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.menu import Menu, MenuChoice, MenuChoices
from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.list.list_scroller import list_scroller
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser, words_for
from inbox_app.pages.actors.actor_row import actor_row
from inbox_app.pages.actors.actors_state import FOUND, ActorsState
from inbox_app.pages.actors.form_state import NEW, ActorFormState
from inbox_app.queries.labels.rows import LabelRow

_SKELETONS = 9
_rows, _account_labels = in_browser(ActorsState.rows), in_browser(ActorsState.labels)
_OTHERS = (("suppliers", tr("Suppliers")), ("archived", tr("Archived actors")))


def actor_list(heading: Callable[..., rx.Component]) -> rx.Component:
    """`heading` is what its name is on the page."""
    return rx.el.section(
        rx.el.header(heading(tr("Actors")), _create(), class_name="panel-title"),
        search_box(tr("Name, number, e-mail or code"), ActorsState.set_search, ActorsState.search),
        _filters(),
        rx.cond(
            ActorsState.ready,
            rx.cond(_rows.length() > 0, _list(), _empty()),
            _skeleton(),
        ),
        class_name="list",
        id="actors",
        aria_label=tr("Actors"),
    )


def _create() -> rx.Component:
    return rx.el.button(
        icon("plus"),
        type="button",
        class_name="icon-button",
        title=tr("New actor"),
        aria_label=tr("New actor"),
        on_click=ActorFormState.edit(NEW),
    )


def _filters() -> rx.Component:
    return rx.el.div(
        _filter("all", tr("All of them")),
        _filter("guests", tr("Guests")),
        _filter("owners", tr("Owners")),
        _more_filters(),
        class_name="chips",
        role="group",
        aria_label=tr("Filters"),
    )


def _filter(name: str, label: Shown) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        class_name="chip",
        aria_pressed=(ActorsState.filter == name) & (ActorsState.label == ""),
        on_click=ActorsState.set_filter(name),
    )


def _more_filters() -> rx.Component:
    """Its face is the one of them that holds."""
    face = words_for(ActorsState.filter, *_OTHERS, tr("More"))
    chosen = words_for(
        ActorsState.filter, *((value, "chip chosen") for value, _ in _OTHERS), "chip"
    )
    return Menu.create(
        MenuChoices.create(
            *(
                MenuChoice.create(name, value=value, on_select=ActorsState.set_filter(value))
                for value, name in _OTHERS
            ),
            label=tr("Filters"),
            value=rx.cond(ActorsState.label == "", ActorsState.filter, ""),
        ),
        _labels(),
        label=tr("More filters"),
        place="under",
        trigger_text=rx.cond(ActorsState.label == "", face, ActorsState.label_name),
        icon="chevron-down",
        class_name=rx.cond(ActorsState.label == "", chosen, "chip chosen"),
    )


def _labels() -> rx.Component:
    return rx.cond(
        _account_labels.length() > 0,
        rx.fragment(
            rx.el.span(tr("Labels"), class_name="choices-label"),
            MenuChoices.create(
                rx.foreach(_account_labels, _label_choice),
                label=tr("Labels"),
                value=ActorsState.label,
            ),
        ),
    )


def _label_choice(row: ObjectVar[LabelRow]) -> rx.Component:
    return MenuChoice.create(
        row["name"],
        value=row["id"],
        key=row["id"],
        on_select=ActorsState.set_label(row["id"].to(str)),
    )


def _list() -> rx.Component:
    return list_scroller(
        rx.el.div(rx.foreach(_rows, actor_row), role="list", aria_label=tr("Actors")),
        rx.cond(
            ActorsState.has_later & (ActorsState.search != ""),
            rx.el.p(
                tr("These are the first {n}: add a word to find others.", n=FOUND),
                class_name="list-end",
            ),
        ),
        list=f"actors/{ActorsState.filter}/{ActorsState.label}/{ActorsState.search}",
        newest="",
        first=_rows[0]["id"],
        last=_rows[-1]["id"],
        count=_rows.length(),
        has_earlier=ActorsState.has_earlier,
        has_later=ActorsState.has_later & (ActorsState.search == ""),
        on_earlier=ActorsState.load_earlier,
        on_later=ActorsState.load_later,
    )


def _empty() -> rx.Component:
    return rx.cond(
        ActorsState.has_any,
        empty_state(
            "search",
            tr("Nothing found"),
            rx.cond(
                (ActorsState.label != "") & (ActorsState.search == ""),
                tr("Nobody has this label."),
                tr("Nobody has this name, number, e-mail or code."),
            ),
        ),
        empty_state(
            "people",
            tr("Nobody is on file yet"),
            tr(
                "Guests, owners and suppliers come from your management system, from whoever "
                "writes to you, or from here."
            ),
            rx.el.button(
                icon("plus"),
                tr("New actor"),
                type="button",
                class_name="button",
                on_click=ActorFormState.edit(NEW),
            ),
        ),
    )


def _skeleton() -> rx.Component:
    bone = rx.el.div(rx.el.i(), rx.el.div(rx.el.b(), rx.el.b()), class_name="skeleton-row")
    return rx.el.div(*[bone] * _SKELETONS, class_name="rows skeleton", aria_hidden="true")
