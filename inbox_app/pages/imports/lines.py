"""The lines of an import, a part at a time: what would change, or why one was refused."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.navigation.links import download_link
from inbox_app.components.vars import in_browser
from inbox_app.domain.imports.states import Outcome
from inbox_app.pages.imports.state import ImportsState
from inbox_app.pages.imports.words import field_name, why
from inbox_app.queries.imports.rows import LineRow

_current = in_browser(ImportsState.current)
_lines = in_browser(ImportsState.lines)


def lines() -> rx.Component:
    return rx.cond(
        _lines.length() > 0,
        rx.fragment(
            rx.el.ul(rx.foreach(_lines, _line), class_name="boxed boxed-rows import-lines"),
            rx.el.div(
                rx.cond(
                    ImportsState.after > 0,
                    rx.el.button(
                        tr("From the first"),
                        type="button",
                        class_name="link-button",
                        on_click=ImportsState.list_lines(ImportsState.outcome, 0),
                    ),
                ),
                rx.cond(
                    ImportsState.more,
                    rx.el.button(
                        tr("The next lines"),
                        type="button",
                        class_name="link-button",
                        on_click=ImportsState.list_lines(
                            ImportsState.outcome, _lines[_lines.length() - 1]["line"].to(int)
                        ),
                    ),
                ),
                rx.cond(
                    ImportsState.outcome == Outcome.REFUSED.value,
                    download_link(
                        tr("Download the refused lines (CSV)"),
                        "/imports/" + _current["id"].to(str) + "/refused.csv",
                        "link-button",
                    ),
                ),
                class_name="import-pages",
            ),
        ),
    )


def _line(line: ObjectVar[LineRow]) -> rx.Component:
    fields = line["fields"].to(list[str])
    return rx.el.li(
        rx.el.span(tr("Line {n}", n=line["line"]), class_name="import-number"),
        rx.el.span(
            rx.cond(
                line["why"] != "",
                rx.el.b(why(line["why"], line["field"], line["value"]), dir="auto"),
            ),
            rx.cond(
                fields.length() > 0,
                rx.el.b(
                    rx.foreach(fields, lambda field: rx.el.span(field_name(field))),
                    class_name="dotted",
                ),
            ),
            rx.el.span(line["preview"], dir="auto", class_name="import-preview"),
        ),
        key=line["line"].to(str),
    )
