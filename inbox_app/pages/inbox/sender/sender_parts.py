"""What the thread's header has for who wrote from an unknown number (A1), and for who is known."""

import reflex as rx

from inbox_app.components.dialogs.menu import TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.sender.sender_dialogs import (
    ADD_EXISTING,
    ADD_NEW,
    UNLINK,
    SenderDialogs,
)
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.sender.link_state import LinkState
from inbox_app.pages.inbox.sender.new_actor_state import NewActorState
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_header = in_browser(ThreadState.header)
_is_known = _header["kind"] != "unknown"


def add_items() -> rx.Component:
    """In the ⋮ menu, until somebody has said who it is."""
    return rx.cond(
        ~_is_known & _is_a_sender(),
        rx.fragment(
            TellItem.create(tr("Add existing"), event=ADD_EXISTING, icon="people"),
            TellItem.create(tr("Add new"), event=ADD_NEW, icon="plus"),
        ),
    )


def unlink_item() -> rx.Component:
    return rx.cond(
        _is_known & _is_a_sender(),
        TellItem.create(tr("Unlink"), event=UNLINK, icon="link"),
    )


def sender_dialogs() -> rx.Component:
    """Always there, so that none goes from under somebody when a colleague is quicker."""
    return SenderDialogs.create(
        thread=_header["id"],
        name=_header["name"],
        profile=_header["profile_name"],
        number=_header["phone"],
        candidates=LinkState.candidates,
        asked=LinkState.asked,
        words=LinkState.words,
        places=NewActorState.places,
        places_for=NewActorState.places_for,
        problem=LinkState.problem,
        whose=LinkState.whose,
        refused=LinkState.refused,
        done=LinkState.done,
        notices=LinkState.notices,
        on_search=LinkState.search,
        on_link=LinkState.link,
        on_link_stay=LinkState.link_stay,
        on_look=NewActorState.look,
        on_make=NewActorState.make,
        on_unlink=LinkState.unlink,
        on_undo=LinkState.undo,
    )


def _is_a_sender() -> rx.Var[bool]:
    """Somebody with an address of their own: no group, and nobody who waits for a number."""
    return _header["has_address"] & ~_header["group"]
