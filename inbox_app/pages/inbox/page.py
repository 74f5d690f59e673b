"""The inbox: conversations, the thread, the reservation."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ServerClock
from inbox_app.components.inbox.list.chips import shown_name
from inbox_app.components.inbox.shortcuts import shortcuts
from inbox_app.components.inbox.thread.remembered_thread import RememberedThread
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.navigation.links import PageAhead
from inbox_app.components.vars import Shown, in_browser
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.list.conversation_list import conversation_list
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.list.triage_state import TriageState
from inbox_app.pages.inbox.stay.stay_panel import stay_panel
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.tasks.tasks_panel import tasks_panel
from inbox_app.pages.inbox.thread.arrival import asked, has_come
from inbox_app.pages.inbox.thread.thread import no_thread, thread
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.current_user import CurrentUserState

_header = in_browser(ThreadState.header)
_sections = tr("Inbox")
_OF_THE_THREAD = [state.get_full_name() for state in (ThreadState, ComposerState, StayState)]
_TO_LIST = ("conversations", tr("Skip to the conversations"))
_TO_THREAD = ("messages", tr("Skip to the messages"))


def inbox() -> rx.Component:
    """Without a conversation."""
    return _inbox(
        conversation_list(rx.el.h1),
        no_thread(),
        title=_sections,
        pane="list",
        skips=(_TO_LIST,),
        next_to="/inbox/0",
    )


def conversation() -> rx.Component:
    """With the one of the address."""
    name = shown_name(_header["name"], _header["group"], _header["channel_name"])
    title = rx.cond(has_come(), name, _sections).to(str)
    remembered = RememberedThread.create(
        thread(), stay_panel(), tasks_panel(), states=_OF_THE_THREAD, asked=asked()
    )
    panels = conversation_list(rx.el.h2), remembered
    return _inbox(*panels, title=title, pane="thread", skips=(_TO_LIST, _TO_THREAD), next_to="/")


def _inbox(
    *panels: rx.Component,
    title: rx.Var[str],
    pane: str,
    skips: tuple[tuple[str, Shown], ...],
    next_to: str,
) -> rx.Component:
    return frame.frame(
        *panels,
        ServerClock.create(at=InboxState.server_now, zone=CurrentUserState.time_zone),
        PageAhead.create(page=next_to),
        TabTitle.create(name=title, count=InboxState.counts["unread"]),
        shortcuts(
            on_filter=InboxState.set_filter,
            on_archive=lambda id_: TriageState.change("archive", [id_], ""),
            on_take_back=lambda id_: TriageState.change("take_back", [id_], ""),
            on_unread=lambda id_: TriageState.change("unread", [id_], ""),
        ),
        place="inbox",
        pane=pane,
        skips=skips,
        keeps=_OF_THE_THREAD[0],
        unread=InboxState.counts["unread"],
    )
