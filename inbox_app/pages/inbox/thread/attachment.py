"""The file of a message: seen, heard, opened, or on its way (M3)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.media.media_file import MediaFile
from inbox_app.components.inbox.thread.message_kinds import kind_icon, kind_word
from inbox_app.components.inbox.thread.message_text import message_text
from inbox_app.components.layout.icons import icon
from inbox_app.pages.inbox.thread.file_state import FileState
from inbox_app.queries.thread.rows import MessageRow


def attachment(row: ObjectVar[MessageRow]) -> rx.Component:
    """With the words that came along."""
    return rx.fragment(
        rx.cond(row["media"], _file(row), _nothing(row)),
        rx.cond(row["text"] != "", message_text(text=row["text"])),
    )


def _file(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.fragment(
        MediaFile.create(
            media=row["media"],
            kind=row["kind"],
            icon=kind_icon(row["kind"]),
            word=kind_word(row["kind"]),
        ),
        rx.cond(_is_lost(row) & ~row["file_lost"], _ask_again(row)),
    )


def _is_lost(row: ObjectVar[MessageRow]) -> rx.Var[bool]:
    state = row["media"].to(dict)["state"]
    return (state == "expired") | (state == "failed")


def _ask_again(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.button(
        icon("retry"),
        tr("Try again"),
        on_click=FileState.ask_again(row["id"].to(str)),
        type="button",
        class_name="link-button",
    )


def _nothing(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.div(
        rx.el.span(icon(kind_icon(row["kind"])), class_name="file-icon"),
        rx.el.span(rx.el.b(kind_word(row["kind"]))),
        class_name="file",
    )
