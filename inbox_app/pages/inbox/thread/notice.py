"""What is not shown as it came: notices, and what was done to earlier messages (P2, M4)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ClockTime
from inbox_app.components.inbox.thread.message_kinds import unsupported_word
from inbox_app.components.inbox.thread.message_text import line_of_text, message_text, order_lines
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import in_browser, some
from inbox_app.domain.messages import Amendment
from inbox_app.pages.inbox.thread.delivery_status import ask_again, lost_file
from inbox_app.pages.inbox.thread.message_parts import permalink, quoted, spoken_author
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.thread.rows import MessageRow, OrderLineRow


def notice(row: ObjectVar[MessageRow]) -> rx.Component:
    """Nothing is drawn of one that another stands for."""
    return rx.cond(
        row["folded"],
        rx.el.div(hidden=True, custom_attrs={"data-message": row["id"]}),
        rx.cond(row["amends"] != "", _amendment(row), _notice(row)),
    )


def _amendment(row: ObjectVar[MessageRow]) -> rx.Component:
    """When it came; what it did is seen on its message."""
    return rx.el.article(
        rx.el.span(
            spoken_author(row),
            rx.cond(
                row["amends"] == Amendment.DELETION.value,
                tr("A message was deleted"),
                tr("A message was edited"),
            ),
            rx.cond(
                row["reply_excerpt"] != "",
                rx.el.q(line_of_text(text=row["reply_excerpt"]), dir="auto"),
            ),
            ClockTime.create(at=row["sent_at"]),
        ),
        class_name="system amendment",
        custom_attrs={"data-message": row["id"]},
    )


def _notice(row: ObjectVar[MessageRow]) -> rx.Component:
    calm = rx.cond(row["settled"], " settled", "")
    side = rx.cond(row["direction"] == "out", " outgoing", "")
    return rx.el.article(
        rx.cond(row["settled"], icon("check"), icon("warning")),
        rx.el.div(
            spoken_author(row),
            rx.el.b(_heading(row), rx.cond(row["times"].to(int) > 1, f" × {row['times']}", "")),
            rx.cond(row["reply_excerpt"] != "", quoted(row)),
            rx.cond(row["text"] != "", message_text(text=row["text"])),
            rx.cond(
                some(row["order"].to(list[OrderLineRow]).length()), order_lines(lines=row["order"])
            ),
            rx.cond(row["file_lost"], lost_file(row)),
            rx.el.p(_standing(row)),
            ask_again(row),
            rx.el.div(permalink(row), class_name="message-foot"),
        ),
        class_name=f"notice{side}{calm}",
        custom_attrs={"data-message": row["id"]},
    )


def _heading(row: ObjectVar[MessageRow]) -> rx.Var[str]:
    what = unsupported_word(row["unsupported_type"])
    return rx.cond(
        row["direction"] == "out",
        tr("Written in the phone app: {type}", type=what),
        tr(
            "Received on {channel}: {type}",
            channel=in_browser(ThreadState.header)["channel_name"],
            type=what,
        ),
    )


def _standing(row: ObjectVar[MessageRow]) -> rx.Var[str]:
    return rx.cond(
        row["settled"],
        tr("A message in a compatible format has followed."),
        rx.cond(
            row["asked"],
            tr("You have asked for it to be sent again."),
            tr("This format is not compatible with the inbox."),
        ),
    )
