"""The control at the foot of a thread (product.md B): the box to write in, or why there is none."""

import reflex as rx

from inbox_app.components.composer import composer
from inbox_app.components.icons import icon
from inbox_app.components.links import GoButton
from inbox_app.components.pieces import Piece, Shown, in_browser, part_for, words_for
from inbox_app.components.template_menu import TemplateMenuButton
from inbox_app.components.text import tr
from inbox_app.components.times import ClockIn, MomentIn
from inbox_app.domain.sending_facts import Control, Reason
from inbox_app.pages.inbox.block_dialog import block_trouble
from inbox_app.pages.inbox.block_state import BlockState
from inbox_app.pages.inbox.composer_state import ComposerState
from inbox_app.pages.inbox.number_form import add_phone_dialog, fix_number_dialog
from inbox_app.pages.inbox.thread_state import ThreadState

_foot = in_browser(ThreadState.foot)
_header = in_browser(ThreadState.header)


def foot() -> rx.Component:
    return part_for(
        _foot["control"],
        (Control.COMPOSER.value, _composer()),
        (Control.CONNECT_ACCOUNT.value, _connect()),
        (Control.RECONNECT_ACCOUNT.value, _reconnect()),
        (Control.BLOCKED.value, _read_only()),
        (Control.ADD_PHONE.value, _add_phone()),
        (Control.FIX_NUMBER.value, _fix_number()),
        (Control.SEND_TEMPLATE.value, _template_only()),
        rx.fragment(),
    )


def _composer() -> rx.Component:
    return composer(
        key=ThreadState.header["id"],
        thread=ThreadState.header["id"],
        draft=ComposerState.draft,
        accepted_ref=ComposerState.accepted_ref,
        refused_ref=ComposerState.refused_ref,
        on_send=ComposerState.send,
        on_draft=ComposerState.save_draft,
    )


def _connect() -> rx.Component:
    return _card(
        "plug",
        tr("No WhatsApp account is connected"),
        rx.cond(
            _foot["may_connect"],
            tr("Messages come in and go out once your business number is connected."),
            tr("Ask an administrator to connect the account."),
        ),
        action=rx.cond(_foot["may_connect"], _connect_button(tr("Connect account"))),
    )


def _reconnect() -> rx.Component:
    return _card(
        "plug",
        tr("Meta no longer accepts our credentials"),
        rx.cond(
            _foot["may_connect"],
            tr("New messages still arrive. To answer, connect the account again."),
            tr("New messages still arrive. Ask an administrator to connect the account again."),
        ),
        action=rx.cond(_foot["may_connect"], _connect_button(tr("Reconnect account"))),
        tone="alert",
    )


def _read_only() -> rx.Component:
    group = _foot["reason"] == Reason.GROUP.value
    return _card(
        rx.cond(group, "group", "blocked"),
        rx.cond(group, tr("This is a group"), tr("You have blocked this person")),
        rx.cond(
            group,
            tr("Groups can be read here, not written to."),
            tr("Nothing can be sent while they are blocked."),
        ),
        more=block_trouble(),
        action=rx.cond(
            group,
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


def _add_phone() -> rx.Component:
    return _card(
        "number",
        words_for(
            _foot["reason"],
            (Reason.PHONE_UNUSABLE.value, tr("The phone on file cannot be used for WhatsApp")),
            (Reason.PHONE_NOT_CHOSEN.value, tr("There are several phones on file")),
            tr("There is no phone on file"),
        ),
        words_for(
            _foot["reason"],
            (
                Reason.PHONE_UNUSABLE.value,
                rx.cond(
                    _foot["proposal"] != "",
                    tr("It probably is {number}: check it and save.", number=_foot["proposal"]),
                    tr("Write the right one, with its international prefix."),
                ),
            ),
            (Reason.PHONE_NOT_CHOSEN.value, tr("Choose the one to write to on WhatsApp.")),
            tr("Add it, and you can write from here."),
        ),
        action=add_phone_dialog(),
    )


def _fix_number() -> rx.Component:
    retry = rx.cond(
        _foot["retry"] != "",
        rx.el.button(
            icon("retry"),
            tr("Try again"),
            type="button",
            class_name="button quiet-button",
            on_click=ComposerState.retry(_foot["retry"]),
        ),
    )
    return _card(
        "number",
        tr("WhatsApp could not deliver to this number"),
        tr("It may be wrong, or not on WhatsApp: {number}", number=_header["phone"]),
        action=rx.el.div(retry, fix_number_dialog(), class_name="foot-actions"),
        tone="alert",
    )


def _template_only() -> rx.Component:
    return _card("lock", _why_closed(), _what_now(), more=_explanation(), action=_send_template())


def _why_closed() -> rx.Component:
    return part_for(
        _foot["reason"],
        (Reason.NEVER_WROTE.value, rx.fragment(tr("They have not written to this number yet"))),
        (
            Reason.TEMPLATE_WAITING.value,
            ClockIn.create(
                sentence=tr("Template sent {moment}, waiting for an answer"),
                today=tr("Template sent at {moment}, waiting for an answer"),
                at=_foot["template_sent_at"],
            ),
        ),
        (
            Reason.REENGAGEMENT_NEEDED.value,
            rx.fragment(tr("WhatsApp says that the 24-hour window is closed")),
        ),
        MomentIn.create(sentence=tr("The 24-hour window closed {moment}"), at=_foot["closed_at"]),
    )


def _what_now() -> rx.Component:
    return rx.fragment(
        tr("WhatsApp takes only an approved template until they write again."),
        rx.cond(
            ComposerState.draft != "",
            rx.el.span(" ", tr("Your draft is kept."), class_name="kept"),
        ),
    )


def _explanation() -> rx.Component:
    return rx.el.details(
        rx.el.summary(tr("Why can't I send text messages?"), icon("chevron-down")),
        rx.el.p(
            tr(
                "WhatsApp lets a business write freely only within 24 hours of the other person's "
                "last message. Each new message of theirs opens the window again, at once and by "
                "itself: this box then comes back with your draft."
            )
        ),
    )


def _send_template() -> rx.Component:
    """Quieter while an answer to the last one is awaited."""
    waiting = _foot["reason"] == Reason.TEMPLATE_WAITING.value
    return TemplateMenuButton.create(
        tr("Send template"), class_name=rx.cond(waiting, "button quiet-button", "button")
    )


def _connect_button(label: Shown) -> rx.Component:
    return GoButton.create(label, to="/connect", class_name="button")


def _card(
    sign: str | rx.Var[str],
    title: Piece | str,
    body: Piece | str,
    *,
    action: rx.Component | None = None,
    more: rx.Component | None = None,
    tone: str = "",
) -> rx.Component:
    return rx.el.div(
        icon(sign),
        rx.el.div(rx.el.b(title), rx.el.p(body), more or rx.fragment(), class_name="foot-words"),
        action or rx.fragment(),
        class_name=f"foot-card {tone}".strip(),
        role="status",
    )
