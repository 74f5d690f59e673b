"""Whether what the states tell of is the conversation that was asked for."""

import reflex as rx

from inbox_app.components.navigation.links import address_part
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.thread.thread_state import ThreadState


def asked() -> rx.Var[str]:
    """The id of the conversation of the address."""
    return address_part("conversation_id", "/inbox/:conversation_id")


def has_come() -> rx.Var[bool]:
    """Whether what is shown is the conversation of the address, and not the one before."""
    return in_browser(ThreadState.header)["id"] == asked()
