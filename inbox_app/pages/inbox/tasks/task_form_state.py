"""A task that is made by hand or from a message, changed, and handed to a supplier (P3)."""

from typing import Any, TypedDict

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.texts import is_blank
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.tasks.task_form_reading import BadTimeError, read, saved
from inbox_app.pages.session import signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.stays.home_choices import homes_to_choose
from inbox_app.queries.stays.rows import ChoiceRow
from inbox_app.queries.tasks import task_form
from inbox_app.queries.tasks.rows import TaskFormRow
from inbox_app.runtime import current_runtime

NO_TITLE, NO_TIME, GONE = "title", "time", "gone"
"""It has no title; its time is none; what was chosen is there no more."""
_FINDING = {"home": homes_to_choose, "supplier": task_form.suppliers_found}


class HandedRow(TypedDict):
    """Whom a task was just given to: they can be written to."""

    task: str
    name: str


class TaskFormState(rx.State):
    form: rx.Field[TaskFormRow] = rx.field(default_factory=task_form.NO_FORM.copy)
    choices: rx.Field[list[ChoiceRow]] = rx.field(default_factory=list)
    choices_for: rx.Field[str] = rx.field("")
    """What was looked for, and with which words: «home blu»."""
    problem: rx.Field[str] = rx.field("")
    """`NO_TITLE`, `NO_TIME` or `GONE`."""
    refused: rx.Field[int] = rx.field(0)
    done: rx.Field[int] = rx.field(0)
    """The form closes when that changes."""
    handed: rx.Field[list[HandedRow]] = rx.field(default_factory=list)
    """The latest, or none."""

    @rx.event
    async def begin(self, thread: str, message: str) -> None:
        """A new one, from a message of the conversation where one is given."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        message_id = untrusted.row_id(message)
        if who is None or id_ is None or (message_id is None and message != ""):
            return
        async with current_runtime().database.reading() as session:
            of = (session, who.account_id, id_, message_id)
            form = await task_form.begun(*of, clock.now())
        if form is not None:
            form["count"] = self.form["count"] + 1
            self.form = form

    @rx.event(supersedes=True)
    async def find(self, what: str, words: str) -> None:
        """Homes or suppliers to choose from; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, 100)
        finding = _FINDING.get(what) if isinstance(what, str) else None  # pyright: ignore[reportUnnecessaryIsInstance]
        if who is None or wanted is None or finding is None:
            return
        async with current_runtime().database.reading() as session:
            found = await finding(session, who.account_id, clean_line(wanted))
        set_changed(self, choices_for=f"{what} {wanted}", choices=found)

    @rx.event
    async def save(self, task: str, message: str, form: dict[str, Any]) -> None:
        """Make it, or change the one with that id."""
        who, given = await signed_in(self), read(form)
        task_id, message_id = untrusted.row_id(task), untrusted.row_id(message)
        if who is None or given is None:
            return
        if (task != "" and task_id is None) or (message != "" and message_id is None):
            return
        if is_blank(given.title):
            self._refuse(NO_TITLE)
            return
        try:
            id_, supplier = await saved(who, task_id, message_id, given)
        except BadTimeError:
            self._refuse(NO_TIME)
        except NotFoundError:
            self._refuse(GONE)
        else:
            current_runtime().live.publish(Change(who.account_id))
            handed = [HandedRow(task=str(id_), name=supplier)] if supplier else []
            set_changed(self, handed=handed, problem="")
            self.done += 1

    @rx.event
    async def forget_handed(self) -> None:
        """Nobody wants to write to them now."""
        self.handed = []

    def _refuse(self, problem: str) -> None:
        self.problem = problem
        self.refused += 1
