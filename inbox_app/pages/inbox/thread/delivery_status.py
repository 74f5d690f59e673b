"""What went wrong with a message, and the way to try again where there is one."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import After
from inbox_app.components.inbox.thread.failures import failure_reason, next_step
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import in_browser, some
from inbox_app.domain.delivery.retries import UNKNOWN_SETTLES_WITHIN
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.sending import Control
from inbox_app.pages.inbox.foot.composer_state import ComposerState
from inbox_app.pages.inbox.thread.ask_again_state import AskAgainState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.thread.rows import MessageRow

_SETTLES_WITHIN = int(UNKNOWN_SETTLES_WITHIN.total_seconds() // 60)


def failure(row: ObjectVar[MessageRow]) -> rx.Component:
    code = rx.cond(some(row["error_code"]), rx.fragment(" (", row["error_code"], ")"), "")
    return rx.el.div(
        rx.el.p(
            failure_reason(row["failure_reason"], _channel_name()),
            " ",
            next_step(row["failure_reason"]),
            code,
        ),
        _try_again(row),
        class_name="delivery-failure",
    )


def lost_file(row: ObjectVar[MessageRow]) -> rx.Component:
    """In the words of who waits for it: only the sender can send it again."""
    return rx.el.p(
        rx.cond(
            some(row["error_code"]),
            tr(
                "{channel} could not deliver the file ({code}).",
                channel=_channel_name(),
                code=row["error_code"],
            ),
            tr("{channel} could not deliver the file.", channel=_channel_name()),
        ),
        class_name="delivery-failure",
    )


def ask_again(row: ObjectVar[MessageRow]) -> rx.Component:
    """Where a text may be written now."""
    may_write = in_browser(ThreadState.foot)["formats"].contains(MessageKind.TEXT.value)
    return rx.cond(
        row["may_ask_again"] & may_write,
        rx.el.button(
            icon("reply"),
            tr("Ask to send it again"),
            type="button",
            title=tr("Sends a message in the person's language"),
            class_name="link-button",
            on_click=AskAgainState.ask(row["id"].to(str)),
        ),
    )


def waits(row: ObjectVar[MessageRow]) -> rx.Component:
    """While the credentials are refused."""
    return rx.el.div(
        rx.el.p(
            tr(
                "Not sent yet: {channel} refuses the account's credentials. "
                "It is sent once the account is reconnected.",
                channel=_channel_name(),
            ),
            rx.cond(
                row["kind"] == "text",
                rx.fragment(
                    " ", tr("If the 24-hour window closes first, it goes back into the box.")
                ),
            ),
        ),
        class_name="delivery-failure unconfirmed",
    )


def unknown_outcome(row: ObjectVar[MessageRow]) -> rx.Component:
    return rx.el.div(
        rx.el.p(
            tr(
                "{channel} has not confirmed this message. It won't be sent again automatically.",
                channel=_channel_name(),
            )
        ),
        After.create(
            rx.el.p(tr("If you try again, it may arrive twice.")),
            _try_again(row),
            at=row["sent_at"],
            minutes=_SETTLES_WITHIN,
        ),
        class_name="delivery-failure unconfirmed",
    )


def _try_again(row: ObjectVar[MessageRow]) -> rx.Component:
    """Only where the server would take it, and not where the foot offers the same."""
    foot = in_browser(ThreadState.foot)
    at_foot = (foot["control"] == Control.FIX_NUMBER.value) & (foot["retry"] == row["id"])
    return rx.cond(
        in_browser(foot["may_retry"]).contains(row["kind"]) & ~at_foot,
        rx.el.button(
            icon("retry"),
            tr("Try again"),
            type="button",
            class_name="link-button",
            on_click=ComposerState.retry(row["id"].to(str)),
        ),
    )


def _channel_name() -> rx.Var[str]:
    return in_browser(ThreadState.header)["channel_name"].to(str)
