"""One message of the thread: a bubble, or a notice for what cannot be shown (P2, M3, M4)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.languages import language_tag
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import DayName
from inbox_app.components.inbox.outgoing.outgoing import UndoSend
from inbox_app.components.inbox.thread.message_kinds import kind_word
from inbox_app.components.inbox.thread.message_text import message_text
from inbox_app.components.inbox.thread.ticks import tick
from inbox_app.components.layout.copy_button import CopyButton
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import in_browser, part_for
from inbox_app.pages.inbox.tasks.tasks_panel import message_menu
from inbox_app.pages.inbox.thread.attachment import attachment
from inbox_app.pages.inbox.thread.delivery_status import (
    ask_again,
    failure,
    lost_file,
    unknown_outcome,
    waits,
)
from inbox_app.pages.inbox.thread.message_parts import other_side, permalink, quoted, spoken_author
from inbox_app.pages.inbox.thread.note import note
from inbox_app.pages.inbox.thread.notice import notice
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.thread.rows import CardRow, MessageRow


def message(row: ObjectVar[MessageRow]) -> rx.Component:
    """With the separators that go before it."""
    return rx.fragment(
        rx.cond(
            row["day_first"],
            rx.el.div(DayName.create(day=row["day"]), class_name="day", role="separator"),
        ),
        rx.cond(row["unread_first"], _unread_divider()),
        rx.cond(
            row["direction"] == "internal",
            note(row),
            part_for(
                row["kind"],
                ("unsupported", notice(row)),
                ("system", _system(row)),
                _bubble(row),
            ),
        ),
        key=row["id"],
    )


def _unread_divider() -> rx.Component:
    return rx.el.div(
        rx.el.span(tr("Unread messages")),
        class_name="unread-from",
        role="separator",
        custom_attrs={"data-first-unread": ""},
    )


def _bubble(row: ObjectVar[MessageRow]) -> rx.Component:
    side = rx.cond(row["direction"] == "out", " outgoing", "")
    run = f"{rx.cond(row['first'], ' first', '')}{rx.cond(row['last'], ' last', '')}"
    failed = rx.cond(row["status"] == "failed", " failed", "")
    deleted = rx.cond(row["deleted"], " deleted", "")
    bare = rx.cond(row["kind"] == "sticker", " bare", "")
    return rx.el.article(
        spoken_author(row),
        rx.cond(row["deleted"], _deleted(row)),
        rx.cond(row["reply_excerpt"] != "", quoted(row)),
        rx.cond(row["about"] != "", _about(row)),
        part_for(
            row["kind"],
            ("text", _words(row)),
            ("template", _template(row)),
            ("location", _location(row)),
            ("contacts", _contacts(row)),
            ("erased", rx.el.p(icon("trash"), kind_word("erased"), class_name="amended")),
            attachment(row),
        ),
        rx.cond(row["file_lost"], _lost(row)),
        rx.cond(row["edited"], _before_edit(row)),
        _foot(row),
        rx.cond(row["status"] == "failed", failure(row)),
        rx.cond(row["status"] == "waiting", waits(row)),
        rx.cond(row["status"] == "unknown", unknown_outcome(row)),
        rx.cond(row["client_ref"] != "", _undo(row)),
        class_name=f"message{side}{run}{failed}{deleted}{bare}",
        custom_attrs={"data-message": row["id"]},
    )


def _lost(row: ObjectVar[MessageRow]) -> rx.Component:
    asked = rx.el.p(tr("You have asked for it to be sent again."))
    return rx.fragment(lost_file(row), rx.cond(row["asked"], asked, ask_again(row)))


def _undo(row: ObjectVar[MessageRow]) -> rx.Component:
    return UndoSend.create(
        client_ref=row["client_ref"],
        held=row["held"],
        text=row["text"],
        thread=in_browser(ThreadState.header)["id"],
    )


def _words(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.cond(
        row["text"] != "",
        message_text(text=row["text"]),
        rx.el.div(kind_word("text"), class_name="message-text quiet"),
    )


def _deleted(row: ObjectVar[MessageRow]) -> rx.Component:
    """Above what it said, which is kept (M4)."""
    return rx.el.p(
        icon("trash"),
        rx.cond(
            row["direction"] == "out",
            tr("Deleted in the phone app"),
            tr("Deleted by {name}", name=other_side(row)),
        ),
        class_name="amended",
    )


def _before_edit(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(tr("Edited"), title=tr("Show what it said before")),
        rx.cond(
            row["before_edit"] != "",
            message_text(text=row["before_edit"]),
            rx.el.div(kind_word(row["kind"]), class_name="message-text quiet"),
        ),
        class_name="before-edit",
    )


def _seen_author(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.span(row["author"], aria_hidden="true")


def _about(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.blockquote(message_text(text=row["about"]), class_name="quoted about")


def _template(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.fragment(
        rx.el.div(icon("template"), row["template_name"], class_name="message-label"),
        rx.el.div(message_text(text=row["text"]), lang=language_tag(row["template_language"])),
    )


def _location(row: ObjectVar[MessageRow]) -> rx.Component:
    place = row["location"].to(dict)
    position = f"{place['latitude']}, {place['longitude']}"
    return rx.el.div(
        rx.el.span(icon("pin"), class_name="file-icon"),
        rx.el.div(
            rx.el.b(
                rx.cond(place["name"] != "", rx.el.span(place["name"], dir="auto"), tr("Location"))
            ),
            rx.cond(place["address"] != "", rx.el.small(place["address"], dir="auto")),
            rx.el.div(
                rx.el.small(position, class_name="figures"),
                CopyButton.create(text=position, label=tr("Copy the coordinates")),
                class_name="copyable",
            ),
            rx.el.a(
                tr("Open the map"),
                href=f"https://www.openstreetmap.org/?mlat={place['latitude']}&mlon={place['longitude']}#map=16/{place['latitude']}/{place['longitude']}",
                target="_blank",
                rel="noopener noreferrer",
                class_name="link-button",
            ),
        ),
        class_name="file detailed",
    )


def _contacts(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.foreach(
        row["cards"].to(list[CardRow]), lambda card, index: _card(card, row["id"].to(str), index)
    )


def _card(card: ObjectVar[CardRow], message: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    name = rx.cond(card["name"] != "", card["name"], kind_word("contacts"))
    return rx.el.div(
        rx.el.span(icon("contact"), class_name="file-icon"),
        rx.el.div(
            rx.el.b(rx.el.span(name, dir="auto")),
            rx.cond(card["company"] != "", rx.el.small(card["company"], dir="auto")),
            rx.foreach(card["reach"].to(list[str]), _reach),
            NavigationLink.create(
                tr("Save as an actor"),
                to=f"/actors?card={message}&n={index}",
                class_name="link-button",
            ),
        ),
        class_name="file detailed",
    )


def _reach(reach: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.el.span(reach, dir="ltr", class_name="figures"),
        CopyButton.create(text=reach, label=tr("Copy")),
        class_name="copyable",
    )


def _foot(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.div(
        part_for(
            row["origin"],
            ("app", rx.el.span(tr("from the phone app"))),
            ("api", rx.el.span(tr("via API"))),
            ("away", rx.el.span(tr("Automatic answer"))),
            rx.cond(row["last"] & (row["author"] != ""), _seen_author(row), rx.fragment()),
        ),
        permalink(row),
        rx.cond(row["direction"] == "out", tick(row["status"])),
        rx.cond(row["kind"] != "erased", message_menu(row)),
        class_name="message-foot",
    )


def _system(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.article(
        rx.el.span(rx.cond(row["text"] != "", row["text"], tr("Notice from WhatsApp"))),
        class_name="system",
        custom_attrs={"data-message": row["id"]},
    )
