"""The inbox: conversations, the thread, the reservation."""

import reflex as rx

from inbox_app.components.shortcuts import shortcuts
from inbox_app.components.tab import TabTitle
from inbox_app.components.text import tr
from inbox_app.components.times import ServerClock
from inbox_app.pages import frame
from inbox_app.pages.inbox.conversation_list import conversation_list
from inbox_app.pages.inbox.inbox_state import InboxState
from inbox_app.pages.inbox.stay_panel import stay_panel
from inbox_app.pages.inbox.thread import no_thread, thread
from inbox_app.pages.person import PersonState


def inbox() -> rx.Component:
    """Without a conversation."""
    return _inbox(no_thread(), pane="list")


def conversation() -> rx.Component:
    """With the one of the address."""
    return _inbox(thread(), stay_panel(), pane="thread")


def _inbox(*beside: rx.Component, pane: str) -> rx.Component:
    return frame.frame(
        conversation_list(),
        *beside,
        ServerClock.create(at=InboxState.server_now, zone=PersonState.time_zone),
        TabTitle.create(name=tr("Inbox"), count=InboxState.counts["unread"]),
        shortcuts(),
        place="inbox",
        pane=pane,
        unread=InboxState.counts["unread"],
    )
