"""At the foot while the window is closed: why, and the template that goes out all the same
(B8, B9, B10, B11, W5), or what is written now and leaves on an answer (W7)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ClockIn, MomentIn
from inbox_app.components.inbox.composer.send_later import AnswerLater
from inbox_app.components.layout.icons import icon
from inbox_app.components.templates.template_menu import TemplateMenuButton
from inbox_app.components.vars import in_browser, part_for
from inbox_app.domain.messages import MAX_TEXT
from inbox_app.domain.sending import Reason
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.foot.foot_card import card
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_foot = in_browser(ThreadState.foot)
_header = in_browser(ThreadState.header)


def closed_window() -> rx.Component:
    return card("lock", _why_closed(), _what_now(), more=_explanation(), action=_ways())


def _why_closed() -> rx.Component:
    return part_for(
        _foot["reason"],
        (Reason.NEVER_WROTE.value, rx.fragment(tr("They have not written to this number yet"))),
        (
            Reason.TEMPLATE_WAITING.value,
            ClockIn.create(
                sentence=tr("Template sent {moment}, waiting for an answer"),
                at=_foot["template_sent_at"],
            ),
        ),
        (
            Reason.REENGAGEMENT_NEEDED.value,
            rx.fragment(
                tr("{channel} says the 24-hour window is closed", channel=_header["channel_name"])
            ),
        ),
        MomentIn.create(sentence=tr("The 24-hour window closed {moment}"), at=_foot["closed_at"]),
    )


def _what_now() -> rx.Component:
    return rx.fragment(
        rx.cond(
            _foot["closed_at"] == 0,
            tr(
                "Until they write to you, {channel} only accepts an approved template.",
                channel=_header["channel_name"],
            ),
            tr(
                "Until they write again, {channel} only accepts an approved template.",
                channel=_header["channel_name"],
            ),
        ),
        rx.cond(
            ComposerState.draft != "",
            rx.el.span(" ", tr("Your draft is saved."), class_name="draft-saved"),
        ),
    )


def _explanation() -> rx.Component:
    return rx.el.details(
        rx.el.summary(tr("Why can't I send text messages?"), icon("chevron-down")),
        rx.el.p(
            tr(
                "On {channel}, a business can write freely only in the 24 hours after the "
                "other person's last message. As soon as they write again, the window "
                "reopens by itself and the message box comes back with your draft.",
                channel=_header["channel_name"],
            )
        ),
    )


def _ways() -> rx.Component:
    return rx.el.div(
        AnswerLater.create(
            label=tr("Write now, send when they answer"),
            thread=in_browser(ThreadState.header)["id"],
            draft=ComposerState.draft,
            most=MAX_TEXT,
            on_draft=ComposerState.save_draft,
        ),
        _send_template(),
        class_name="foot-actions",
    )


def _send_template() -> rx.Component:
    """Quieter while an answer to the last one is awaited."""
    waiting = _foot["reason"] == Reason.TEMPLATE_WAITING.value
    return TemplateMenuButton.create(
        tr("Send template"), class_name=rx.cond(waiting, "button quiet-button", "button")
    )
