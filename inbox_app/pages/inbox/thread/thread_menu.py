"""What one can do about a conversation, behind ⋮: in groups, those of every day first."""

import reflex as rx
from reflex.event import EventCallback

from inbox_app.components.dialogs.menu import CopyItem, Menu, MenuGroup, MenuItem, TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.media.photo_viewer import OPEN_PHOTOS
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.list.assignee import assign_items
from inbox_app.pages.inbox.list.triage_state import TriageState
from inbox_app.pages.inbox.sender.sender_parts import add_items, unlink_item
from inbox_app.pages.inbox.stay.by_hand import new_stay_item
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.tasks.tasks_panel import tasks_item
from inbox_app.pages.inbox.thread.block_dialog import block_item
from inbox_app.pages.inbox.thread.day_dialog import day_item
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_header = in_browser(ThreadState.header)
_stay = in_browser(StayState.stay)


def thread_menu() -> rx.Component:
    return Menu.create(
        MenuGroup.create(add_items(), label=tr("Sender")),
        MenuGroup.create(*_triage(), label=tr("Conversation"), class_name="menu-tiles"),
        MenuGroup.create(*_work(), label=tr("Stay and work")),
        MenuGroup.create(*_look_up(), label=tr("Look up and copy")),
        MenuGroup.create(unlink_item(), block_item(), label=tr("Contact")),
        MenuGroup.create(_shortcuts(), label=tr("Help"), class_name="keyboard-only"),
        label=tr("More actions"),
        icon="more",
        sheet=True,
    )


def _triage() -> tuple[rx.Component | rx.Var, ...]:
    """What a property manager does to a conversation all day: on phones as tiles."""
    return (
        rx.cond(
            _header["to_do"] | (_header["snooze"] != ""),
            MenuItem.create(tr("Done"), icon="check", on_select=_change("done")),
            MenuItem.create(tr("To do again"), icon="reply", on_select=_change("to_do")),
        ),
        TellItem.create(tr("Snooze…"), icon="snooze", event="snooze-open"),
        MenuItem.create(tr("Mark as unread"), icon="unread", on_select=_change("unread")),
        assign_items(_header, _change("take")),
        rx.cond(
            _header["archived"],
            MenuItem.create(
                tr("Take out of the archive"),
                icon="archive",
                on_select=_change("take_back"),
            ),
            MenuItem.create(tr("Archive"), icon="archive", on_select=_change("archive")),
        ),
    )


def _work() -> tuple[rx.Component | rx.Var, ...]:
    return (
        rx.cond(
            StayState.shown,
            TellItem.create(tr("Reservation"), event="toggle-side-panel", icon="stay"),
        ),
        new_stay_item(),
        tasks_item(),
        TellItem.create(tr("Internal note"), event="write-note", icon="lock"),
    )


def _look_up() -> tuple[rx.Component | rx.Var, ...]:
    return (
        TellItem.create(tr("Photos and videos"), event=OPEN_PHOTOS, icon="photo"),
        day_item(),
        rx.cond(
            _header["phone"] != "",
            CopyItem.create(tr("Copy the number"), text=_header["phone"]),
        ),
        rx.cond(
            StayState.shown & (_stay["code"] != ""),
            CopyItem.create(tr("Copy the reservation code"), text=_stay["code"]),
        ),
    )


def _shortcuts() -> rx.Component:
    return TellItem.create(tr("Keyboard shortcuts"), event="show-shortcuts", icon="keyboard")


def _change(what: str) -> EventCallback[()]:
    return TriageState.change(what, [in_browser(_header["id"])], "")
