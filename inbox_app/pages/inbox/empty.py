"""What the panels say when there is nothing to show (C1)."""

from datetime import timedelta

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.empty_state import empty_state, not_connected
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import FullLoadButton, NavigationLink
from inbox_app.components.vars import Shown, in_browser
from inbox_app.domain.reply_window import AMBER_FROM
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_SOON = AMBER_FROM // timedelta(hours=1)


def list_is_empty() -> rx.Component:
    return rx.cond(
        _is_unfiltered(),
        rx.el.div(_first_steps(), class_name="first-steps"),
        _nothing_matches(),
    )


def account_bar() -> rx.Component:
    """Above the conversations while nothing can be sent from any of them."""
    return rx.cond(
        InboxState.connected,
        rx.cond(
            InboxState.refused,
            _bar(
                tr("Meta no longer accepts the credentials"),
                tr("Reconnect account"),
                "list-notice alert",
            ),
        ),
        _bar(tr("No WhatsApp account is connected"), tr("Connect account"), "list-notice"),
    )


def _bar(what: Shown, way_out: Shown, class_name: str) -> rx.Component:
    return rx.el.div(
        icon("plug"),
        rx.el.span(what),
        rx.cond(
            InboxState.may_connect,
            FullLoadButton.create(way_out, to="/connect", class_name="link-button"),
        ),
        class_name=class_name,
    )


def nothing_chosen() -> rx.Component:
    """In the centre; the first steps where there is nothing to choose."""
    is_first = _is_unfiltered() & (in_browser(InboxState.rows).length() == 0)
    return rx.cond(InboxState.ready, rx.cond(is_first, _first_steps(), _choose()))


def _is_unfiltered() -> rx.Var[bool]:
    return (InboxState.search == "") & (InboxState.filter == "all")


def _first_steps() -> rx.Component:
    return rx.cond(InboxState.connected, _no_conversations(), _not_connected())


def _choose() -> rx.Component:
    return empty_state(
        "chat",
        tr("Choose a conversation"),
        rx.fragment(
            tr("Its messages open here."),
            rx.el.span(
                rx.el.kbd("Alt"), rx.el.kbd("J"), " ", tr("goes to the next one"),
                class_name="shortcut-hint",
            ),
        ),
    )  # fmt: skip


def thread_is_missing() -> rx.Component:
    return rx.cond(ThreadState.moved != "", _thread_has_moved(), _no_such_thread())


def _thread_has_moved() -> rx.Component:
    return empty_state(
        "chat",
        tr("This conversation continues elsewhere"),
        tr("Its number was added, and that number already had a conversation."),
        NavigationLink.create(
            tr("Go to the conversation"), to=f"/inbox/{ThreadState.moved}", class_name="button"
        ),
        heading=rx.el.h1,
    )


def _no_such_thread() -> rx.Component:
    return empty_state(
        "search",
        tr("This conversation does not exist"),
        tr("It may have been removed, or the address is incomplete."),
        NavigationLink.create(tr("Back to the inbox"), to="/", class_name="button quiet-button"),
        heading=rx.el.h1,
    )


def _no_conversations() -> rx.Component:
    return empty_state(
        "inbox",
        tr("No conversations yet"),
        tr(
            "The first one starts when someone writes to your number; it appears here "
            "automatically."
        ),
        rx.cond(
            InboxState.sandbox,
            rx.el.a(
                tr("Write from the test phone"),
                href="/sandbox/phone",
                target="_blank",
                class_name="button",
            ),
        ),
    )


def _not_connected() -> rx.Component:
    return not_connected(
        tr("Connect WhatsApp to begin"),
        tr(
            "Guests, owners and suppliers will write to your business number, "
            "and you answer from here."
        ),
        may_connect=InboxState.may_connect,
    )


def _nothing_matches() -> rx.Component:
    return empty_state(
        "search",
        rx.cond(InboxState.search != "", tr("Nothing found"), tr("Nothing here")),
        rx.cond(
            InboxState.search != "",
            tr("No conversation has these words, this name or this number."),
            rx.cond(
                InboxState.filter == "expiring",
                tr("No window closes in the next {n} hours.", n=_SOON),
                tr("There are no conversations here right now."),
            ),
        ),
        rx.cond(
            InboxState.filter != "all",
            rx.el.button(
                tr("Show all"),
                type="button",
                class_name="button quiet-button",
                on_click=InboxState.set_filter("all"),
            ),
        ),
    )
