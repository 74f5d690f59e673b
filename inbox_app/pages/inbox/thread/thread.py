"""The centre panel: who it is, what was said, and what one may answer (P2)."""

import reflex as rx

from inbox_app.components.dialogs.side_panel import SidePanelButton, SidePanelLink
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import Countdown
from inbox_app.components.inbox.list.chips import kind_chip, kind_name, restriction_chip, shown_name
from inbox_app.components.inbox.list.row_tools import OpenRowButton
from inbox_app.components.inbox.media.photo_viewer import PhotoViewer
from inbox_app.components.inbox.outgoing.outgoing import PendingMessages
from inbox_app.components.inbox.thread.thread_scroller import thread_scroller
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.layout.connection_banner import Pending
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import BackLink
from inbox_app.components.vars import in_browser, some
from inbox_app.domain.reply_window import WindowState
from inbox_app.pages.inbox import empty
from inbox_app.pages.inbox.foot.foot import foot
from inbox_app.pages.inbox.foot.later_state import LaterState
from inbox_app.pages.inbox.foot.template_menu import template_menu
from inbox_app.pages.inbox.list.assignee import assign_button, assignee
from inbox_app.pages.inbox.sender.sender_parts import sender_dialogs
from inbox_app.pages.inbox.stay.by_hand import stay_form
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.stay.stay_strip import stay_strip
from inbox_app.pages.inbox.tasks.tasks_panel import tasks_button, tasks_strip
from inbox_app.pages.inbox.thread.arrival import has_come
from inbox_app.pages.inbox.thread.block_dialog import block_dialog
from inbox_app.pages.inbox.thread.day_dialog import day_dialog
from inbox_app.pages.inbox.thread.message import message
from inbox_app.pages.inbox.thread.note import note_tool
from inbox_app.pages.inbox.thread.thread_menu import thread_menu
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.template_notice import template_notice
from inbox_app.queries.thread.rows import MessageRow

_header = in_browser(ThreadState.header)
_stay = in_browser(StayState.stay)


def thread() -> rx.Component:
    """The conversation of the address; a skeleton until the server has brought that one, with the
    box in which one writes to it already."""
    return rx.el.section(
        rx.cond(
            ThreadState.missing,
            empty.thread_is_missing(),
            rx.fragment(
                rx.cond(
                    has_come(),
                    rx.fragment(
                        _head(),
                        stay_strip(),
                        tasks_strip(),
                        sender_dialogs(),
                        _log(),
                        template_notice(f"/inbox/{_header['id']}"),
                        template_menu(),
                        PhotoViewer.create(conversation=_header["id"]),
                    ),
                    _skeleton(),
                ),
                note_tool(),
                foot(),
            ),
        ),
        class_name="thread",
        id="messages",
        aria_label=tr("Messages"),
    )


def no_thread() -> rx.Component:
    """What stands in the centre while no conversation is chosen."""
    return rx.el.section(empty.nothing_chosen(), class_name="thread", aria_label=tr("Messages"))


def _head() -> rx.Component:
    return rx.el.header(
        _back(),
        avatar(_header["initials"], _header["kind"], _header["group"], "small"),
        rx.el.div(
            rx.el.h1(
                _name(),
                assignee(_header),
                rx.cond(_header["group"], rx.fragment(), kind_chip(_header["kind"])),
                restriction_chip(_header["blocked"], _header["marketing_stopped"]),
                rx.cond(
                    _header["snooze"] != "", rx.el.span(tr("Snoozed"), class_name="tag snoozed")
                ),
                rx.cond(_header["archived"], rx.el.span(tr("Archived"), class_name="tag archived")),
            ),
            _details(),
            class_name="thread-title",
        ),
        rx.cond(_has_window(), _countdown()),
        assign_button(_header),
        OpenRowButton.create(
            act="snooze",
            icon="snooze",
            label=tr("Snooze…"),
            class_name="icon-button snooze-button",
        ),
        rx.cond(
            _header["to_do"],
            OpenRowButton.create(act="done", icon="check", label=tr("Done and next")),
        ),
        tasks_button(),
        rx.cond(StayState.shown, SidePanelButton.create(label=tr("Show the reservation"))),
        thread_menu(),
        day_dialog(),
        block_dialog(),
        stay_form(),
        class_name="thread-head",
    )


def _name() -> rx.Component:
    name = rx.el.span(
        shown_name(_header["name"], _header["group"], _header["channel_name"]),
        class_name="truncate",
        dir="auto",
    )
    return rx.cond(
        StayState.shown, SidePanelLink.create(name, hint=tr("Show the reservation")), name
    )


def _back() -> rx.Component:
    return BackLink.create(
        icon("back"),
        to="/",
        class_name="icon-button back",
        custom_attrs={"aria-label": tr("Back to the conversations")},
    )


def _details() -> rx.Component:
    return rx.el.p(
        rx.cond(
            _header["group"],
            rx.fragment(),
            rx.el.span(kind_name(_header["kind"]), class_name="kind-label"),
        ),
        rx.el.span(_header["channel_name"], class_name="channel"),
        rx.cond(
            (_header["phone"] != "") & ~_header["name_is_number"],
            rx.el.span(_header["phone"]),
        ),
        rx.cond(
            (_header["profile_name"] != "") & (_header["profile_name"] != _header["name"]),
            rx.el.span(f"~{_header['profile_name']}", dir="auto"),
        ),
        rx.cond(
            StayState.shown & (_stay["code"] != ""),
            rx.el.span(tr("reservation {code}", code=_stay["code"])),
        ),
        class_name="dotted truncate",
    )


def _has_window() -> rx.Var[bool]:
    return ~_header["group"] & (ThreadState.foot["window"] != WindowState.NONE.value)


def _countdown() -> rx.Component:
    return Countdown.create(
        phase=rx.cond(
            some(ThreadState.foot["closes_at"]),
            "open",
            rx.cond(some(ThreadState.foot["closed_at"]), "closed", "never"),
        ),
        closes_at=ThreadState.foot["closes_at"],
        closed_at=ThreadState.foot["closed_at"],
        length=_header["window_length"],
        on_expire=ThreadState.window_expired,
    )


def _log() -> rx.Component:
    messages, older = in_browser(ThreadState.messages), in_browser(ThreadState.older)
    last = rx.cond(messages.length() > 0, messages[-1], older[-1]).to(MessageRow)
    return thread_scroller(
        rx.cond(ThreadState.has_older, rx.el.div(class_name="older", aria_hidden="true")),
        rx.el.div(class_name="log-top"),
        rx.cond(
            (messages.length() == 0) & (older.length() == 0),
            rx.el.p(tr("No messages yet"), class_name="day"),
        ),
        rx.foreach(older, message),
        rx.foreach(messages, message),
        rx.cond(ThreadState.has_newer, rx.el.div(class_name="older", aria_hidden="true")),
        PendingMessages.create(
            thread=_header["id"],
            rows=messages,
            waiting=ThreadState.waiting,
            author=CurrentUserState.name,
            on_take_back=LaterState.cancel,
        ),
        thread=_header["id"],
        landing=ThreadState.landing,
        first=rx.cond(older.length() > 0, older[0]["id"], messages[0]["id"]),
        last=last["id"],
        last_is_outgoing=last["direction"] == "out",
        unread=ThreadState.unread,
        has_older=ThreadState.has_older,
        has_newer=ThreadState.has_newer,
        on_older=ThreadState.load_older,
        on_newer=ThreadState.load_newer,
        on_newest=ThreadState.go_to_newest,
        on_read=ThreadState.mark_read,
    )


def _skeleton() -> rx.Component:
    bubble = rx.el.i
    return rx.fragment(
        rx.el.header(
            _back(),
            rx.el.i(class_name="avatar small"),
            rx.el.b(),
            class_name="thread-head skeleton",
        ),
        Pending.create(
            rx.el.div(
                bubble(), bubble(class_name="outgoing"), bubble(), bubble(class_name="outgoing"),
                class_name="log skeleton", aria_hidden="true",
            ),
            sentence=tr("This conversation opens as soon as the connection is back."),
        ),
    )  # fmt: skip
