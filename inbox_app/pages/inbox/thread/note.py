"""An internal note in the thread, and where one is written: told apart by word, sign and colour."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.notes.note_tool import NoteTool
from inbox_app.components.inbox.thread.message_kinds import kind_word
from inbox_app.components.inbox.thread.message_text import message_text
from inbox_app.components.inbox.together.together import Together
from inbox_app.components.layout.icons import icon
from inbox_app.pages.inbox.foot.presence_state import PresenceState
from inbox_app.pages.inbox.list.assignee import several_people
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.thread.arrival import asked, has_come
from inbox_app.pages.inbox.thread.message_parts import permalink
from inbox_app.pages.inbox.thread.note_state import NoteState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.queries.thread.rows import MessageRow


def note(row: ObjectVar[MessageRow]) -> rx.Component:
    by = rx.cond(row["origin"] == "api", tr("via API"), row["author"])
    return rx.el.article(
        rx.el.div(icon("lock"), tr("Internal note"), class_name="message-label"),
        rx.cond(
            row["kind"] == "erased",
            rx.el.p(icon("trash"), kind_word("erased"), class_name="amended"),
            message_text(text=row["text"]),
        ),
        rx.el.div(rx.el.span(by), permalink(row), class_name="message-foot"),
        class_name="message note",
        custom_attrs={"data-message": row["id"]},
    )


def note_tool() -> rx.Component:
    return NoteTool.create(
        _together(),
        key=asked(),
        thread=asked(),
        people=InboxState.people,
        me=CurrentUserState.person,
        written=NoteState.written,
        refused=NoteState.refused,
        awaited=ThreadState.awaited,
        on_write=NoteState.write,
        on_see=NoteState.see,
    )


def _together() -> rx.Component:
    """Who is alone in the account meets nobody."""
    return rx.cond(
        several_people(),
        Together.create(
            key=asked(),
            thread=asked(),
            opened=has_come(),
            of=PresenceState.thread,
            others=PresenceState.others,
            rows=ThreadState.messages,
            author=CurrentUserState.name,
            on_here=PresenceState.here,
        ),
    )
