"""What bubbles and notices have in common."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ClockTime
from inbox_app.components.inbox.thread.message_text import line_of_text
from inbox_app.components.inbox.thread.quote import Quote
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.thread.rows import MessageRow

_header = in_browser(ThreadState.header)


def other_side(row: ObjectVar[MessageRow]) -> rx.Var[str]:
    """Who is not the company, by name."""
    return rx.cond(row["author"] != "", row["author"], _header["name"])


def spoken_author(row: ObjectVar[MessageRow]) -> rx.Component:
    """Who wrote it, for who does not see on which side it stands."""
    unnamed = rx.cond(row["direction"] == "out", tr("You"), _header["name"])
    author = rx.cond(row["author"] != "", row["author"], unnamed)
    return rx.el.span(author, ": ", class_name="visually-hidden")


def quoted(row: ObjectVar[MessageRow]) -> rx.Component:
    """The beginning of the message that it answers or is about, which leads there."""
    return Quote.create(
        line_of_text(text=row["reply_excerpt"]),
        thread=_header["id"],
        by=row["id"],
        message=row["reply_id"],
        on_go=ThreadState.go_to_message,
    )


def permalink(row: ObjectVar[MessageRow]) -> rx.Component:
    """The time leads to the message's own address (P5); Tab passes it by, or a long thread would
    have no end."""
    return NavigationLink.create(
        ClockTime.create(at=row["sent_at"]),
        to=f"/inbox/{_header['id']}?m={row['id']}",
        class_name="permalink",
        custom_attrs={"tabIndex": -1},
    )
