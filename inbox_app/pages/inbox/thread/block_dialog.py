"""The question before somebody is blocked, and what Meta may say against it."""

import reflex as rx

from inbox_app.components.dialogs.form_dialog import CloseButton, FormDialog
from inbox_app.components.dialogs.menu import MenuItem, TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.vars import in_browser, words_for
from inbox_app.domain.people.actors import BlockProblem
from inbox_app.pages.inbox.thread.block_state import BlockState
from inbox_app.pages.inbox.thread.thread_state import ThreadState

_header = in_browser(ThreadState.header)
_ASK = "ask-to-block"


def block_item() -> rx.Component:
    """In the ⋮ menu: one or the other, for whom there is an address of."""
    unblock = MenuItem.create(
        tr("Unblock"), icon="blocked", on_select=BlockState.unblock(_header["id"])
    )
    return rx.cond(
        _header["has_address"] & _header["can_block"],
        rx.cond(
            _header["blocked"], unblock, TellItem.create(tr("Block"), event=_ASK, icon="blocked")
        ),
    )


def block_dialog() -> rx.Component:
    return FormDialog.create(
        lazy_part(block_question()),
        title=tr("Block {name}?", name=_header["name"]),
        opens_on=_ASK,
        done=_header["blocked"].to_string(),
        on_open=BlockState.begin,
    )


@rx.memo
def block_question() -> rx.Component:
    """What is drawn of it while it is open."""
    return rx.el.div(
        rx.el.p(
            tr(
                "Nothing they write will arrive, and you can't write to them until you "
                "unblock them. They won't be told."
            ),
            class_name="explanation",
        ),
        rx.el.p(
            tr(
                "{channel} only lets you block people who have written in the last 24 hours.",
                channel=_header["channel_name"],
            ),
            class_name="quiet",
        ),
        block_problem(),
        rx.el.div(
            CloseButton.create(tr("Cancel"), class_name="button quiet-button"),
            rx.el.button(
                tr("Block"),
                type="button",
                class_name="button danger-button",
                disabled=BlockState.asking,
                on_click=BlockState.block(_header["id"]),
            ),
            class_name="dialog-end",
        ),
        class_name="dialog-form",
    )


def block_problem() -> rx.Component:
    """Nothing, while all is well."""
    problem = in_browser(BlockState.problem)
    return rx.el.div(
        rx.cond(
            problem != "",
            rx.el.div(
                icon("warning"),
                rx.el.span(
                    _sentence(problem),
                    rx.cond(BlockState.words != "", rx.el.q(BlockState.words, lang="en")),
                ),
                class_name="form-problem",
            ),
        ),
        role="alert",
        class_name="form-problem-area",
    )


def _sentence(problem: rx.Var[str]) -> rx.Var[str]:
    return words_for(
        problem,
        (
            BlockProblem.NOT_CONNECTED.value,
            tr("No {channel} account is connected.", channel=_header["channel_name"]),
        ),
        (
            BlockProblem.CREDENTIALS.value,
            tr("{channel} no longer accepts the credentials.", channel=_header["channel_name"]),
        ),
        (BlockProblem.NOT_RECENT.value, tr("They have not written in the last 24 hours.")),
        (BlockProblem.LIST_FULL.value, tr("The list of blocked people is full.")),
        (
            BlockProblem.UNREACHABLE.value,
            tr(
                "{channel} isn't answering. Try again in a moment.", channel=_header["channel_name"]
            ),
        ),
        tr("{channel} refused.", channel=_header["channel_name"]),
    )
