"""The centre panel: who it is, what was said, and what one may answer (P2)."""

import reflex as rx
from reflex.event import EventCallback

from inbox_app.components.dialogs.menu import CopyItem, Menu, MenuItem, TellItem
from inbox_app.components.dialogs.side_panel import SidePanelButton, SidePanelLink
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import Countdown
from inbox_app.components.inbox.list.chips import kind_chip, kind_name, restriction_chip, shown_name
from inbox_app.components.inbox.list.row_tools import OpenRowButton
from inbox_app.components.inbox.media.photo_viewer import OPEN_PHOTOS, PhotoViewer
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
from inbox_app.pages.inbox.list.assignee import assign_button, assign_items, assignee
from inbox_app.pages.inbox.list.triage_state import TriageState
from inbox_app.pages.inbox.sender.sender_parts import (
    add_items,
    sender_dialogs,
    unlink_item,
)
from inbox_app.pages.inbox.stay.by_hand import new_stay_item, stay_form
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.stay.stay_strip import stay_strip
from inbox_app.pages.inbox.tasks.tasks_panel import tasks_button, tasks_item, tasks_strip
from inbox_app.pages.inbox.thread.arrival import has_come
from inbox_app.pages.inbox.thread.block_dialog import block_dialog, block_item
from inbox_app.pages.inbox.thread.day_dialog import day_dialog, day_item
from inbox_app.pages.inbox.thread.message import message
from inbox_app.pages.inbox.thread.note import note_tool
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
        _menu(),
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


def _menu() -> rx.Component:
    return Menu.create(
        add_items(),
        rx.cond(
            StayState.shown,
            TellItem.create(tr("Reservation"), event="toggle-side-panel", icon="stay"),
        ),
        new_stay_item(),
        rx.cond(
            _header["phone"] != "",
            CopyItem.create(tr("Copy the number"), text=_header["phone"]),
        ),
        rx.cond(
            StayState.shown & (_stay["code"] != ""),
            CopyItem.create(tr("Copy the reservation code"), text=_stay["code"]),
        ),
        day_item(),
        assign_items(_header, _change("take")),
        rx.cond(
            _header["to_do"] | (_header["snooze"] != ""),
            MenuItem.create(tr("Done"), icon="check", on_select=_change("done")),
            MenuItem.create(tr("To do again"), icon="reply", on_select=_change("to_do")),
        ),
        TellItem.create(tr("Snooze…"), icon="snooze", event="snooze-open"),
        MenuItem.create(
            tr("Mark as unread"),
            icon="unread",
            on_select=_change("unread"),
        ),
        rx.cond(
            _header["archived"],
            MenuItem.create(
                tr("Take out of the archive"),
                icon="archive",
                on_select=_change("take_back"),
            ),
            MenuItem.create(tr("Archive"), icon="archive", on_select=_change("archive")),
        ),
        TellItem.create(tr("Internal note"), event="write-note", icon="lock"),
        tasks_item(),
        TellItem.create(tr("Photos and videos"), event=OPEN_PHOTOS, icon="photo"),
        unlink_item(),
        block_item(),
        TellItem.create(
            tr("Keyboard shortcuts"),
            event="show-shortcuts",
            icon="keyboard",
            class_name="keyboard-only",
        ),
        label=tr("More actions"),
        icon="more",
    )


def _change(what: str) -> EventCallback[()]:
    return TriageState.change(what, [in_browser(_header["id"])], "")


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
