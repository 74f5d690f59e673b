"""`/accommodations`: the homes of the company, and what guests are told of each (A3, S3)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.accommodations.accommodation_form import AccommodationForm
from inbox_app.components.accommodations.calendars import Calendars
from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.card_list import card_list, card_skeleton
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.vars import Shown, in_browser, some, words_for
from inbox_app.domain.saved_replies import ReplyField
from inbox_app.domain.stays.accommodations import AccommodationProblem
from inbox_app.pages.accommodations.calendars_state import CalendarsState
from inbox_app.pages.accommodations.state import GONE, MOST, NEW, AccommodationsState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.queries.stays.rows import AccommodationRow

_rows = in_browser(AccommodationsState.rows)
_counts = in_browser(AccommodationsState.counts)


def accommodations() -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        page_style(sheet="calendars"),
        rx.el.section(
            _head(),
            rx.cond(AccommodationsState.ready, _list(), card_skeleton()),
            class_name="page card-page",
            aria_label=tr("Accommodations"),
        ),
        _form(),
        _archive_dialog(),
        TabTitle.create(name=tr("Accommodations"), count=NoticesState.unread),
        place="accommodations",
        pane="page",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(tr("Accommodations"), tab_index=-1),
            rx.cond(_has_any(), _create()),
            class_name="panel-title",
        ),
        rx.cond(_has_any(), _tools()),
    )


def _has_any() -> rx.Var[bool]:
    """Whatever is sought, and also where all are archived."""
    return some(_counts["listed"]) | some(_counts["archived"])


def _create() -> rx.Component:
    return rx.el.button(
        icon("plus"),
        tr("New accommodation"),
        type="button",
        class_name="button",
        on_click=AccommodationsState.edit(NEW),
    )


def _tools() -> rx.Component:
    return rx.el.div(
        search_box(
            tr("Search accommodations"),
            AccommodationsState.set_search,
            AccommodationsState.search,
        ),
        rx.cond(some(_counts["archived"]), _archive_chip()),
        class_name="card-tools",
    )


def _archive_chip() -> rx.Component:
    return rx.el.button(
        tr("Archived accommodations"),
        rx.el.b(_counts["archived"]),
        type="button",
        class_name="chip",
        aria_pressed=AccommodationsState.archived,
        on_click=AccommodationsState.show_archived(~AccommodationsState.archived),
    )


def _list() -> rx.Component:
    return card_list(
        tr("Accommodations"),
        _rows,
        _card,
        most=MOST,
        empty=rx.cond(_has_any(), _nothing_matches(), _none()),
    )


def _card(row: ObjectVar[AccommodationRow]) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            rx.el.h2(row["name"], dir="auto", class_name="truncate"),
            rx.cond(row["address"] != "", rx.el.p(row["address"], dir="auto")),
            rx.el.p(_times(row), class_name="dotted"),
            type="button",
            class_name="card-open",
            on_click=AccommodationsState.edit(row["id"].to(str)),
        ),
        rx.el.footer(_missing(row), _move(row)),
        class_name="card",
        role="listitem",
        key=row["id"],
    )


def _times(row: ObjectVar[AccommodationRow]) -> rx.Component:
    return rx.fragment(
        _time(tr("check-in"), row["check_in_time"]), _time(tr("check-out"), row["check_out_time"])
    )


def _time(what: Shown, time: Shown) -> rx.Component:
    return rx.cond(time != "", rx.el.span(what, " ", time))


def _missing(row: ObjectVar[AccommodationRow]) -> rx.Component:
    missing = row["missing"].to(list[str])
    return rx.cond(
        missing.length() > 0,
        rx.el.p(
            tr("To fill in:"),
            " ",
            rx.el.span(
                rx.foreach(missing, lambda field: rx.el.span(_field_name(field))),
                class_name="dotted",
            ),
            class_name="card-note",
        ),
        rx.el.p(icon("check"), tr("All filled in"), class_name="card-note"),
    )


def _field_name(field: rx.Var[str]) -> rx.Var[str]:
    return words_for(
        field,
        (ReplyField.ADDRESS.value, tr("Address")),
        (ReplyField.CHECK_IN_INSTRUCTIONS.value, tr("Check-in instructions")),
        (ReplyField.DOOR_CODE.value, tr("Door code")),
        (ReplyField.WIFI_PASSWORD.value, tr("Wi-Fi password")),
        (ReplyField.PARKING.value, tr("Parking")),
        tr("House rules"),
    )


def _move(row: ObjectVar[AccommodationRow]) -> rx.Component:
    return rx.cond(
        AccommodationsState.archived,
        rx.el.button(
            tr("Restore"),
            type="button",
            class_name="link-button",
            aria_label=tr("Restore {name}", name=row["name"]),
            on_click=AccommodationsState.restore(row["id"].to(str)),
        ),
        rx.el.button(
            icon("archive"),
            type="button",
            class_name="icon-button",
            aria_label=tr("Archive {name}", name=row["name"]),
            title=tr("Archive"),
            on_click=AccommodationsState.ask_archive(row["id"].to(str)),
        ),
    )


def _none() -> rx.Component:
    return empty_state(
        "stay",
        tr("No accommodations yet"),
        tr(
            "Write once how to get in, where to park, which Wi-Fi there is. Saved replies fill it "
            "in for each guest. Your property-management system can send them too."
        ),
        _create(),
    )


def _nothing_matches() -> rx.Component:
    return empty_state("search", tr("Nothing found"), tr("No accommodation has these words."))


def _form() -> rx.Component:
    return AccommodationForm.create(
        _calendars(),
        accommodation=AccommodationsState.editing,
        facts=AccommodationsState.facts,
        problem=_problem(),
        saved_ref=AccommodationsState.saved_ref,
        refused_ref=AccommodationsState.refused_ref,
        on_save=AccommodationsState.save,
        on_close=AccommodationsState.close,
    )


def _calendars() -> rx.Component:
    return Calendars.create(
        accommodation=AccommodationsState.editing,
        home=CalendarsState.home,
        rows=CalendarsState.rows,
        look=CalendarsState.look,
        added_ref=CalendarsState.added_ref,
        reading=CalendarsState.reading,
        on_open=CalendarsState.open,
        on_look=CalendarsState.look_into,
        on_add=CalendarsState.add,
        on_read=CalendarsState.read,
        on_remove=CalendarsState.remove,
    )


def _problem() -> rx.Var[str]:
    return words_for(
        AccommodationsState.problem,
        ("", ""),
        (AccommodationProblem.NO_NAME.value, tr("Give it a name.")),
        (AccommodationProblem.KEY_TAKEN.value, tr("Another accommodation has this key.")),
        (AccommodationProblem.BAD_TIME.value, tr("Write times as 16:00.")),
        (AccommodationProblem.TOO_LONG.value, tr("One of the texts is too long.")),
        (GONE, tr("Someone deleted it meanwhile: copy the text and save it as a new one.")),
        tr("It couldn't be saved."),
    )


def _archive_dialog() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(tr("Its reservations keep it, and it can be restored at any time.")),
        open=AccommodationsState.asked_id != "",
        title=tr("Archive “{name}”?", name=AccommodationsState.asked_name),
        confirm_label=tr("Archive"),
        busy=False,
        focus_after=".card-page h1",
        on_confirm=AccommodationsState.archive,
        on_cancel=AccommodationsState.ask_archive(""),
    )
