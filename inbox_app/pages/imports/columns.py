"""What the columns of a table mean: guessed, with examples, to be corrected."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import in_browser, part_for, words_for
from inbox_app.domain.imports.dates import DateOrder
from inbox_app.domain.imports.mapping import MappingProblem
from inbox_app.pages.imports.state import ImportsState
from inbox_app.pages.imports.words import field_name
from inbox_app.queries.imports.rows import ColumnRow

_current = in_browser(ImportsState.current)


def columns() -> rx.Component:
    """A table, and what is still to be said."""
    return rx.fragment(
        rx.el.p(
            tr(
                "This is what the columns seem to mean. Correct what is wrong: it is remembered "
                "for the next file with the same headings. Empty cells change nothing."
            )
        ),
        rx.el.ul(
            rx.foreach(ImportsState.columns, _column), class_name="boxed boxed-rows import-columns"
        ),
        _constant(),
        rx.el.footer(
            rx.cond(_current["asks"] != "", rx.el.p(_asks(), class_name="import-note")),
            rx.el.button(
                tr("Check the lines"),
                type="button",
                class_name="button",
                disabled=_current["asks"] != "",
                on_click=ImportsState.check,
            ),
            rx.el.button(
                tr("Discard"),
                type="button",
                class_name="link-button",
                on_click=ImportsState.discard,
            ),
            class_name="import-actions",
        ),
    )


def _column(column: ObjectVar[ColumnRow]) -> rx.Component:
    number = column["column"].to(str)
    return rx.el.li(
        rx.el.div(
            rx.el.b(
                rx.cond(column["heading"] != "", column["heading"], tr("No heading")), dir="auto"
            ),
            rx.el.span(column["examples"], dir="auto", class_name="import-preview"),
            class_name="import-column",
        ),
        rx.el.select(
            rx.el.option(field_name(""), value=""),
            rx.foreach(
                ImportsState.options,
                lambda field: rx.el.option(field_name(field), value=field),
            ),
            name=f"column-{number}",
            value=column["field"].to(str),
            on_change=lambda field: ImportsState.map_column(number, field),
            aria_label=tr("Meaning of “{heading}”", heading=column["heading"]),
            class_name="plain-select",
        ),
        rx.cond(column["asks"], _order(column)),
        class_name=rx.cond(column["field"] == "", "left-out", ""),
        key=number,
    )


def _order(column: ObjectVar[ColumnRow]) -> rx.Component:
    number = column["column"].to(str)
    return rx.el.div(
        rx.el.p(tr("These dates can be read in two ways. Which comes first?")),
        *(
            rx.el.button(
                label,
                type="button",
                class_name="chip",
                aria_pressed=column["order"] == order.value,
                on_click=ImportsState.order_dates(number, order.value),
            )
            for order, label in (
                (DateOrder.DAY_FIRST, tr("The day: 31/12")),
                (DateOrder.MONTH_FIRST, tr("The month: 12/31")),
            )
        ),
        class_name="import-order",
    )


def _constant() -> rx.Component:
    return part_for(
        _current["constant"],
        ("currency", _currency()),
        ("kind", _kind()),
        rx.fragment(),
    )


def _currency() -> rx.Component:
    return rx.el.label(
        rx.el.span(tr("Currency of amounts that name none")),
        rx.el.select(
            rx.el.option(tr("Refuse such lines"), value=""),
            *(rx.el.option(code, value=code) for code in ("EUR", "CHF", "GBP", "USD")),
            name="currency",
            value=_current["said"].to(str),
            on_change=ImportsState.say_for_all,
            class_name="plain-select",
        ),
        class_name="import-constant",
    )


def _kind() -> rx.Component:
    return rx.el.label(
        rx.el.span(tr("Everyone in this file is")),
        rx.el.select(
            rx.el.option(tr("Guest"), value=""),
            rx.el.option(tr("Owner"), value="owner"),
            rx.el.option(tr("Supplier"), value="supplier"),
            name="kind",
            value=_current["said"].to(str),
            on_change=ImportsState.say_for_all,
            class_name="plain-select",
        ),
        class_name="import-constant",
    )


def _asks() -> rx.Var[str]:
    return words_for(
        _current["asks"],
        (
            MappingProblem.NO_KEY.value,
            tr("Say which column tells the lines apart: a key, a code, a name, a number."),
        ),
        tr("Say which comes first in the dates, the day or the month."),
    )
