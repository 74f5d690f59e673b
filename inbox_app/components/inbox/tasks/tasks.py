"""The panel of tasks beside a thread, and the menu of its messages; loaded when first wanted."""

from typing import Any

import reflex as rx

from inbox_app.components.dialogs import dialog, form_dialog, menu
from inbox_app.components.forms import choice
from inbox_app.components.i18n import text, times
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead
from inbox_app.components.navigation import links

OPEN_TASKS = "open-tasks"
"""The DOM event that opens the panel, or puts it away."""

_file = rx.asset("tasks.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in (
        "tasks_parts.jsx", "task_list.jsx", "task_form.jsx", "message_menu.jsx",
        "task_words.js",
    )
]  # fmt: skip
_needs = (choice, dialog, form_dialog, icons, lazy_ahead, links, menu, text, times)

Word = rx.Var[str]


def _one(one: Word) -> tuple[Word]:
    return (one,)


def _two(one: Word, other: Word) -> tuple[Word, Word]:
    return one, other


def _form(
    task: Word, message: Word, form: rx.Var[dict[str, Any]]
) -> tuple[Word, Word, rx.Var[dict[str, Any]]]:
    return task, message, form


class Tasks(rx.Component):
    """`to_do` and `closed` (`TaskRow`) are of the thread `asked`, `answer` is what its supplier
    wrote last; `form` (`TaskFormRow`) is what a new one begins with; `choices` (`ChoiceRow`)
    are `choices_for` what was looked for; `handed` (`HandedRow`) are one or none. `beside`: there
    is room for a column. A click on what has `data-message-menu` opens the menu of that message."""

    library = _file.importable_path
    tag = "Tasks"

    thread: rx.Var[str]
    beside: rx.Var[bool]
    asked: rx.Var[str]
    to_do: rx.Var[list]
    closed: rx.Var[list]
    more_to_do: rx.Var[bool]
    more_closed: rx.Var[bool]
    before_to_do: rx.Var[bool]
    before_closed: rx.Var[bool]
    answer: rx.Var[str]
    form: rx.Var[dict]
    choices: rx.Var[list]
    choices_for: rx.Var[str]
    problem: rx.Var[str]
    refused: rx.Var[int]
    """How often something was: `problem` is of the last time."""
    done: rx.Var[int]
    """The form closes when that changes."""
    handed: rx.Var[list]

    on_open: rx.EventHandler[_one]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]
    on_more: rx.EventHandler[_two]
    """`to_do` or `closed`; `on` or `back`."""
    on_status: rx.EventHandler[_two]
    on_not_yet: rx.EventHandler[_one]
    on_write: rx.EventHandler[_one]
    on_begin: rx.EventHandler[_two]
    on_find: rx.EventHandler[_two]
    on_save: rx.EventHandler[_form]
    on_forget: rx.EventHandler[rx.event.no_args_event_spec]


class TasksButton(rx.Component):
    """Opens the panel; says how many there are to do, and whether one may be done."""

    library = _file.importable_path
    tag = "TasksButton"

    label: rx.Var[str]
    count: rx.Var[int]
    answered: rx.Var[bool]
