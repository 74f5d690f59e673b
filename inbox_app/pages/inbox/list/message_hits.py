"""Below the people who were found: the messages, each with the words that were typed (P5)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ListTime
from inbox_app.components.inbox.list.chips import shown_name
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.links import NavigationLink
from inbox_app.components.layout.page_style import page_style
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.list.search_state import SearchState
from inbox_app.queries.search.rows import MessageHitRow, PieceRow

_hits = in_browser(SearchState.hits)


def has_hits() -> rx.Var[bool]:
    return _hits.length() > 0


def message_hits() -> rx.Component:
    return rx.cond(
        has_hits(),
        rx.fragment(
            page_style(sheet="search_hits"),
            rx.el.h3(tr("Messages"), id="message-hits", class_name="list-group"),
            rx.el.div(rx.foreach(_hits, _hit), role="list", aria_labelledby="message-hits"),
        ),
    )


def _hit(row: ObjectVar[MessageHitRow]) -> rx.Component:
    name = shown_name(row["name"], row["group"], row["channel_name"])
    return rx.el.div(
        NavigationLink.create(
            rx.el.span(
                rx.el.span(name, class_name="truncate", dir="auto"),
                ListTime.create(at=row["at"]),
                class_name="hit-name",
            ),
            rx.el.span(
                rx.cond(
                    row["ours"],
                    rx.el.span(
                        icon("reply"), rx.el.span(tr("You"), ": ", class_name="visually-hidden")
                    ),
                ),
                rx.el.span(rx.foreach(row["pieces"].to(list[PieceRow]), _piece), dir="auto"),
                class_name="hit-text",
            ),
            to=f"/inbox/{row['conversation_id']}?m={row['id']}",
            class_name="row hit",
        ),
        role="listitem",
        key=row["id"],
    )


def _piece(piece: ObjectVar[PieceRow]) -> rx.Component:
    return rx.cond(piece["hit"], rx.el.mark(piece["text"]), rx.fragment(piece["text"]))
