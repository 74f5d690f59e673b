"""A message on the test phone: its words, its file, how it fared."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ClockTime
from inbox_app.components.inbox.thread.message_text import message_text
from inbox_app.components.inbox.thread.ticks import tick
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import part_for
from inbox_app.sandbox.phone.phone_state import BubbleRow


def bubble(row: ObjectVar[BubbleRow]) -> rx.Component:
    return rx.el.article(
        rx.cond(row["file"] != "", _file(row)),
        rx.cond(row["text"] != "", message_text(text=row["text"])),
        rx.el.span(
            ClockTime.create(at=row["at"]),
            rx.cond(row["mine"], tick(row["status"].to(str))),
            class_name="phone-foot",
        ),
        class_name=rx.cond(row["mine"], "phone-bubble outgoing", "phone-bubble"),
        key=row["id"],
    )


def _file(row: ObjectVar[BubbleRow]) -> rx.Component:
    source = row["source"].to(str)
    return part_for(
        row["file"],
        ("image", rx.el.img(src=source, alt=tr("Photo"), class_name="phone-photo")),
        ("sticker", rx.el.img(src=source, alt=tr("Sticker"), class_name="phone-sticker")),
        ("video", rx.el.video(src=source, controls=True, class_name="phone-photo")),
        ("audio", rx.el.audio(src=source, controls=True, class_name="phone-sound")),
        rx.el.a(
            icon("file"),
            rx.el.span(rx.cond(row["filename"] != "", row["filename"], tr("Document")), dir="auto"),
            href=source,
            target="_blank",
            class_name="phone-document",
        ),
    )
