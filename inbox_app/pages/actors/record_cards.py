"""What is on file of an actor, a card for each sort of thing (A3)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.languages import LanguageName
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ListTime, ShortDate
from inbox_app.components.inbox.list.chips import label_tag, stay_status_name
from inbox_app.components.inbox.list.label_picker import LabelPicker
from inbox_app.components.inbox.thread.message_kinds import kind_word
from inbox_app.components.layout.copy_button import CopyButton
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import Shown, in_browser, some
from inbox_app.domain.people.actors import ActorKind
from inbox_app.pages.actors.actors_state import ActorsState
from inbox_app.pages.actors.label_state import ActorLabelState
from inbox_app.pages.actors.record_state import RecordState
from inbox_app.pages.shared.reservation_state import ReservationFormState
from inbox_app.queries.labels.rows import LabelRow
from inbox_app.queries.people.rows import ActorConversationRow, ActorPhoneRow, ActorStayRow

_record = in_browser(RecordState.record)


def record_cards() -> rx.Component:
    return rx.el.div(
        _reached(),
        _labels(),
        _conversations(),
        _stays(),
        _homes(),
        _notes(),
        class_name="record-cards",
    )


def _card(title: Shown, *parts: rx.Component) -> rx.Component:
    return rx.el.section(rx.el.h2(title), *parts, class_name="record-card")


def _reached() -> rx.Component:
    phones = _record["phones"]
    return _card(
        tr("How to reach them"),
        rx.cond(
            phones.length() > 0,
            rx.el.ul(rx.foreach(phones, _phone), class_name="record-list"),
            rx.el.p(tr("No number is on file."), class_name="quiet"),
        ),
        rx.cond(
            _record["email"] != "",
            rx.el.p(
                rx.el.span(_record["email"], dir="ltr", class_name="record-value"),
                CopyButton.create(text=_record["email"], label=tr("Copy the e-mail")),
                class_name="record-line",
            ),
        ),
        rx.el.dl(
            rx.cond(
                _record["language"] != "",
                _fact(tr("Language"), LanguageName.create(code=_record["language"])),
            ),
            rx.cond(
                _record["external_id"] != "",
                _fact(tr("Its key in the management system"), _record["external_id"]),
            ),
        ),
    )


def _fact(name: Shown, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.fragment(rx.el.dt(name), rx.el.dd(value))


def _phone(phone: ObjectVar[ActorPhoneRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(phone["shown"], dir="ltr", class_name="record-value"),
        rx.cond(
            phone["whatsapp"],
            rx.el.span(icon("whatsapp"), tr("WhatsApp"), class_name="tag record-whatsapp"),
        ),
        rx.cond(
            phone["usable"],
            rx.fragment(),
            rx.el.span(tr("needs correcting"), class_name="tag warn"),
        ),
        CopyButton.create(text=phone["raw"], label=tr("Copy the number")),
        class_name="record-line",
        key=phone["raw"],
    )


def _labels() -> rx.Component:
    """None of who turned out to be somebody else: they are the other's."""
    labels = _record["labels"].to(list[LabelRow])
    id_ = _record["id"].to(str)
    picker = LabelPicker.create(
        labels=ActorsState.labels,
        had=labels,
        problem=ActorLabelState.problem,
        done=ActorLabelState.done,
        on_put=ActorLabelState.put(id_),
        on_take=ActorLabelState.take(id_),
        on_make=ActorLabelState.make(id_),
    )
    return rx.cond(
        _record["merged_into"] == "",
        _card(
            tr("Labels"),
            rx.cond(
                labels.length() > 0,
                rx.el.ul(
                    rx.foreach(labels, lambda label: rx.el.li(label_tag(label))),
                    class_name="record-labels",
                ),
            ),
            picker,
        ),
    )


def _conversations() -> rx.Component:
    rows = _record["conversations"]
    return _card(
        tr("Conversations"),
        rx.cond(
            rows.length() > 0,
            rx.el.div(rx.foreach(rows, _conversation), class_name="record-links"),
            rx.el.p(tr("You have not written to each other yet."), class_name="quiet"),
        ),
    )


def _conversation(row: ObjectVar[ActorConversationRow]) -> rx.Component:
    said = rx.cond(row["preview_text"] != "", row["preview_text"], kind_word(row["preview_kind"]))
    return NavigationLink.create(
        icon(row["channel_icon"].to(str)),
        rx.el.span(
            rx.el.b(rx.cond(row["address"] != "", row["address"], row["channel_name"])),
            rx.el.small(
                rx.cond(row["preview_kind"] != "", said, tr("Nothing written yet")),
                class_name="truncate",
                dir="auto",
            ),
        ),
        rx.el.span(
            ListTime.create(at=row["last_at"]),
            rx.cond(some(row["unread"]), rx.el.span(row["unread"], class_name="badge")),
            class_name="record-side",
        ),
        to=f"/inbox/{row['id']}",
        class_name="record-link",
        key=row["id"],
    )


def _stays() -> rx.Component:
    """Of a guest also where there are none yet."""
    rows = _record["stays"]
    return rx.cond(
        (rows.length() > 0) | (_record["kind"] == ActorKind.GUEST.value),
        _card(
            tr("Reservations"),
            rx.cond(
                rows.length() > 0,
                rx.el.ul(rx.foreach(rows, _stay), class_name="record-list"),
                rx.el.p(tr("No reservation is on file."), class_name="quiet"),
            ),
            rx.cond(_is_listed(), _new_stay()),
        ),
    )


def _is_listed() -> rx.Var[bool]:
    return ~_record["archived"].to(bool) & (_record["merged_into"] == "")


def _new_stay() -> rx.Component:
    return rx.el.button(
        icon("plus"),
        tr("Add a reservation"),
        type="button",
        id="add-reservation",
        class_name="link-button",
        aria_haspopup="dialog",
        on_click=ReservationFormState.begin(_record["id"].to(str)),
    )


def _stay(row: ObjectVar[ActorStayRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.b(row["accommodation"], dir="auto", class_name="truncate"),
            rx.el.small(
                rx.cond(row["code"] != "", rx.fragment(row["code"], " · ")),
                ShortDate.create(day=row["check_in"]),
                " – ",
                ShortDate.create(day=row["check_out"]),
            ),
            class_name="record-two",
        ),
        rx.el.span(stay_status_name(row["phase"]), class_name=f"tag status {row['phase']}"),
        rx.cond(row["by_hand"], _change_stay(row)),
        class_name="record-line",
        key=row["id"],
    )


def _change_stay(row: ObjectVar[ActorStayRow]) -> rx.Component:
    return rx.el.button(
        icon("edit"),
        type="button",
        class_name="icon-button",
        aria_label=tr("Edit the reservation in {home}", home=row["accommodation"]),
        title=tr("Edit"),
        on_click=ReservationFormState.change(row["id"].to(str)),
    )


def _homes() -> rx.Component:
    homes = _record["homes"].to(list[str])
    return rx.cond(
        homes.length() > 0,
        _card(
            tr("Accommodations"),
            rx.el.ul(
                rx.foreach(homes, lambda home: rx.el.li(home, dir="auto")), class_name="record-list"
            ),
        ),
    )


def _notes() -> rx.Component:
    return rx.cond(
        _record["notes"] != "",
        _card(tr("Notes"), rx.el.p(_record["notes"], dir="auto", class_name="note")),
    )
