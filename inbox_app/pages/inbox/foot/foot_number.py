"""At the foot while there is no number to write to, or none that WhatsApp delivers to
(B4, B5, B6, B7)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import in_browser, words_for
from inbox_app.domain.sending import Reason
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.foot.foot_card import card
from inbox_app.pages.inbox.foot.number_form import add_phone_dialog, fix_number_dialog
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_foot = in_browser(ThreadState.foot)
_header = in_browser(ThreadState.header)


def add_phone() -> rx.Component:
    proposal = _unbroken(_foot["proposal"])
    return card(
        "number",
        words_for(
            _foot["reason"],
            (
                Reason.PHONE_UNUSABLE.value,
                tr(
                    "The phone on file can't be used for {channel}", channel=_header["channel_name"]
                ),
            ),
            (Reason.PHONE_NOT_CHOSEN.value, tr("There are several phones on file")),
            tr("There is no phone on file"),
        ),
        words_for(
            _foot["reason"],
            (
                Reason.PHONE_UNUSABLE.value,
                rx.cond(
                    _foot["proposal"] != "",
                    tr(
                        "It is probably {number}: check it and save.",
                        number=proposal,
                    ),
                    tr("Enter the right one, with its international prefix."),
                ),
            ),
            (
                Reason.PHONE_NOT_CHOSEN.value,
                tr("Choose the one to write to on {channel}.", channel=_header["channel_name"]),
            ),
            tr("Add one to write from here."),
        ),
        action=add_phone_dialog(),
    )


def fix_number() -> rx.Component:
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
    return card(
        "number",
        tr("{channel} couldn't deliver to this number", channel=_header["channel_name"]),
        tr(
            "It may be wrong, or not on {channel}: {number}",
            channel=_header["channel_name"],
            number=_unbroken(_header["phone"]),
        ),
        action=rx.el.div(retry, fix_number_dialog(), class_name="foot-actions"),
        tone="alert",
    )


def _unbroken(number: rx.Var[str]) -> rx.Var[str]:
    return number.to(str).replace(" ", "\N{NO-BREAK SPACE}")
