"""The control at the foot of a thread (B1, B2, B3, B12): the box to write in, or why there is
none."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.composer.composer import composer
from inbox_app.components.navigation.links import FullLoadButton
from inbox_app.components.vars import Shown, in_browser, part_for, words_for
from inbox_app.domain.messages import MAX_TEXT, MessageKind
from inbox_app.domain.sending import Control, Reason
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.foot.foot_card import card
from inbox_app.pages.inbox.foot.foot_number import add_phone, fix_number
from inbox_app.pages.inbox.foot.foot_window import closed_window
from inbox_app.pages.inbox.foot.later_state import LaterState
from inbox_app.pages.inbox.foot.reply_state import ReplyState
from inbox_app.pages.inbox.thread.arrival import asked, has_come
from inbox_app.pages.inbox.thread.block_dialog import block_problem
from inbox_app.pages.inbox.thread.block_state import BlockState
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_foot = in_browser(ThreadState.foot)
_header = in_browser(ThreadState.header)
_GROUP, _ERASED = Reason.GROUP.value, Reason.ERASED.value


def foot() -> rx.Component:
    """The box is there at once, in one place before and after the conversation has come: keys that
    were typed meanwhile are in it."""
    return rx.cond(
        ~has_come() | (_foot["control"] == Control.COMPOSER.value), _composer(), _instead()
    )


def _instead() -> rx.Component:
    return part_for(
        _foot["control"],
        (Control.CONNECT_ACCOUNT.value, _connect()),
        (Control.RECONNECT_ACCOUNT.value, _reconnect()),
        (Control.BLOCKED.value, _read_only()),
        (Control.ADD_PHONE.value, add_phone()),
        (Control.FIX_NUMBER.value, fix_number()),
        (Control.SEND_TEMPLATE.value, closed_window()),
        rx.fragment(),
    )


def _composer() -> rx.Component:
    return composer(
        key=asked(),
        thread=asked(),
        opened=has_come(),
        draft=rx.cond(has_come(), ComposerState.draft, ""),
        attached=ComposerState.attached,
        most=MAX_TEXT,
        most_caption=rx.cond(has_come(), _foot["most_caption"], 0),
        counted=has_come() & _foot["counted"],
        templates=has_come() & _foot["formats"].contains(MessageKind.TEMPLATE.value),
        later=LaterState.later,
        on_draft=ComposerState.save_draft,
        replies=ReplyState.found,
        on_ask_replies=ReplyState.ask,
        on_use_reply=ReplyState.use,
        on_look=LaterState.look,
    )


def _connect() -> rx.Component:
    return card(
        "plug",
        tr("No {channel} account is connected", channel=_header["channel_name"]),
        rx.cond(
            _foot["may_connect"],
            tr("Messages can come in and go out once your business number is connected."),
            tr("Ask an administrator to connect the account."),
        ),
        action=rx.cond(_foot["may_connect"], _connect_button(tr("Connect account"))),
    )


def _reconnect() -> rx.Component:
    return card(
        "plug",
        tr("{channel} no longer accepts the credentials", channel=_header["channel_name"]),
        rx.cond(
            _foot["may_connect"],
            tr("New messages still arrive. To answer, reconnect the account."),
            tr("New messages still arrive. Ask an administrator to reconnect the account."),
        ),
        action=rx.cond(_foot["may_connect"], _connect_button(tr("Reconnect account"))),
        tone="alert",
    )


def _read_only() -> rx.Component:
    reason = _foot["reason"]
    return card(
        words_for(reason, (_GROUP, "group"), (_ERASED, "trash"), "blocked"),
        words_for(
            reason,
            (_GROUP, tr("This is a group")),
            (_ERASED, tr("Their data was erased")),
            tr("You have blocked this person"),
        ),
        words_for(
            reason,
            (_GROUP, tr("You can read groups here, but not write to them.")),
            (_ERASED, tr("What remains is when you wrote to each other.")),
            tr("Nothing can be sent while they are blocked."),
        ),
        more=block_problem(),
        action=rx.cond(
            (reason == _GROUP) | (reason == _ERASED),
            rx.fragment(),
            rx.el.button(
                tr("Unblock"),
                type="button",
                class_name="button quiet-button",
                disabled=BlockState.asking,
                on_click=BlockState.unblock(_header["id"]),
            ),
        ),
    )


def _connect_button(label: Shown) -> rx.Component:
    return FullLoadButton.create(label, to="/connect", class_name="button")
