"""«Operazioni», beside the thread: behind a button of its header, and a menu of its messages."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.menu import TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.tasks.tasks import OPEN_TASKS, Tasks, TasksButton
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.stay.stay_state import StayState
from inbox_app.pages.inbox.tasks.task_form_state import TaskFormState
from inbox_app.pages.inbox.tasks.tasks_state import TasksState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.thread.rows import MessageRow

_header = in_browser(ThreadState.header)


def tasks_button() -> rx.Component:
    """In the header of a conversation with a supplier, where that has room for it."""
    return _button("chip tasks-button")


def tasks_strip() -> rx.Component:
    """On phones, a line under the header."""
    return _button("stay-strip")


def _button(class_name: str) -> rx.Component:
    return rx.cond(
        _header["kind"] == "supplier",
        TasksButton.create(
            label=tr("Tasks"),
            count=_header["tasks"],
            answered=_header["tasks_answered"],
            class_name=class_name,
        ),
    )


def tasks_item() -> rx.Component:
    """In the ⋮ menu: whoever it is with, tasks may have been made from what they wrote."""
    return TellItem.create(tr("Tasks"), event=OPEN_TASKS, icon="checks")


def tasks_panel() -> rx.Component:
    return Tasks.create(
        thread=_header["id"],
        beside=~StayState.shown,
        asked=TasksState.asked,
        to_do=TasksState.to_do,
        closed=TasksState.closed,
        more_to_do=TasksState.more_to_do,
        more_closed=TasksState.more_closed,
        before_to_do=TasksState.before_to_do,
        before_closed=TasksState.before_closed,
        answer=TasksState.answer,
        form=TaskFormState.form,
        choices=TaskFormState.choices,
        choices_for=TaskFormState.choices_for,
        problem=TaskFormState.problem,
        refused=TaskFormState.refused,
        done=TaskFormState.done,
        handed=TaskFormState.handed,
        on_open=TasksState.open,
        on_close=TasksState.close,
        on_more=TasksState.show_more,
        on_status=TasksState.set_status,
        on_not_yet=TasksState.not_yet,
        on_write=TasksState.write_to,
        on_begin=TaskFormState.begin,
        on_find=TaskFormState.find,
        on_save=TaskFormState.save,
        on_forget=TaskFormState.forget_handed,
    )


def message_menu(row: ObjectVar[MessageRow]) -> rx.Component:
    """Tab passes it by, as the time beside it: arrows in the log come to it."""
    return rx.el.button(
        icon("more"),
        type="button",
        class_name="message-more",
        aria_label=tr("Message actions"),
        custom_attrs={"data-message-menu": row["id"], "tabIndex": -1},
    )
