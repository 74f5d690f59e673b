"""Below the people who were found: their stays, then the messages, each with the words that were
typed (P5)."""

from collections.abc import Callable

import reflex as rx
from reflex.vars import ArrayVar, ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ListTime, ShortDate
from inbox_app.components.inbox.list.chips import shown_name
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.list.search_state import SearchState
from inbox_app.pages.shared.palette_state import PaletteState
from inbox_app.queries.search.rows import MessageHitRow, PieceRow, ReservationHitRow

_hits = in_browser(SearchState.hits)
_stays = in_browser(SearchState.stays)


def has_hits() -> rx.Var[bool]:
    return (_hits.length() > 0) | (_stays.length() > 0)


def search_hits() -> rx.Component:
    return rx.cond(has_hits(), lazy_part(hits_in_groups()))


@rx.memo
def hits_in_groups() -> rx.Component:
    """What is drawn of them while there are any."""
    return rx.fragment(
        page_style(sheet="search_hits"),
        _group(_stays, _stay, tr("Reservations"), "stay-hits"),
        _group(_hits, _hit, tr("Messages"), "message-hits"),
    )


def _group(
    rows: ArrayVar, row: Callable[..., rx.Component], title: rx.Var[str], id_: str
) -> rx.Component:
    return rx.cond(
        rows.length() > 0,
        rx.fragment(
            rx.el.h2(title, id=id_, class_name="list-group"),
            rx.el.div(rx.foreach(rows, row), role="list", aria_labelledby=id_),
        ),
    )


def _stay(row: ObjectVar[ReservationHitRow]) -> rx.Component:
    """Leads to whoever booked, whose conversation is begun if need be."""
    shown = (
        rx.el.span(
            rx.el.span(_text(row["guest"]), class_name="truncate", dir="auto"),
            rx.el.span(
                ShortDate.create(day=row["check_in"]),
                " – ",
                ShortDate.create(day=row["check_out"]),
                class_name="hit-dates",
            ),
            class_name="hit-name",
        ),
        rx.el.span(
            _text(row["code"]),
            " · ",
            _text(row["accommodation"]),
            class_name="hit-text",
            dir="auto",
        ),
    )
    return rx.el.div(
        rx.cond(
            row["conversation_id"] != "",
            NavigationLink.create(
                *shown, to=f"/inbox/{row['conversation_id']}", class_name="row hit"
            ),
            rx.el.button(
                *shown,
                type="button",
                class_name="row hit",
                on_click=PaletteState.open_actor(row["guest_id"].to(str)),
            ),
        ),
        role="listitem",
        key=row["id"],
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
                rx.cond(
                    row["note"],
                    rx.el.span(
                        icon("lock"),
                        rx.el.span(tr("Internal note"), ": ", class_name="visually-hidden"),
                    ),
                ),
                rx.el.span(_text(row["pieces"]), dir="auto"),
                class_name="hit-text",
            ),
            to=f"/inbox/{row['conversation_id']}?m={row['id']}",
            class_name="row hit",
        ),
        role="listitem",
        key=row["id"],
    )


def _text(pieces: rx.Var) -> rx.Component:
    return rx.foreach(pieces.to(list[PieceRow]), _piece)


def _piece(piece: ObjectVar[PieceRow]) -> rx.Component:
    return rx.cond(piece["hit"], rx.el.mark(piece["text"]), rx.fragment(piece["text"]))
