"""Done, snoozed, assigned, archived, labelled: one conversation or many, with one undo (P8, P9)."""

from typing import NamedTuple, TypedDict

import reflex as rx
from reflex.event import EventSpec

from inbox_app import clock
from inbox_app.domain.conversations.triage import SnoozeRefusedError
from inbox_app.domain.errors import NotFoundError
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.list import triage_changes
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.list.triage_changes import OPPOSITES, Wanted, doing
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.queries.inbox.list.conversation_list import ids_in
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.triage import Before

MOST_NAMED, MOST = 1_000, 10_000
"""Conversations: named one by one, and of all that a list holds."""
_LONGEST = 40
EVERYTHING = "view"


class TriageNoticeRow(TypedDict):
    """What was just done, for a moment."""

    id: int
    """Another for each."""
    what: str
    """The change, or ``undone``, ``refused``."""
    problem: str
    """A ``SnoozeProblem``."""
    count: int
    undo: bool


class _Labelled(NamedTuple):
    """What undoes a label that was put on conversations, or taken off."""

    what: str
    label_id: int
    ids: tuple[int, ...]


class TriageState(rx.State):
    """What it changes is seen in the list and in the head of the thread."""

    notices: rx.Field[list[TriageNoticeRow]] = rx.field(default_factory=list)
    """The latest, or none."""
    _changed: tuple[Before, ...] | _Labelled = ()
    """How those stood that the latest change was about."""

    @rx.event
    async def change(self, what: str, chosen: object, value: str) -> EventSpec | None:
        """``chosen`` is a list of ids, or «view» for all that the list holds."""
        who = await signed_in(self)
        wanted = Wanted(untrusted.text(what, _LONGEST) or "", untrusted.text(value, _LONGEST) or "")
        if who is not None and wanted.what in OPPOSITES:
            await self._label(who, wanted.what, chosen, wanted.value)
            return None
        do = doing(who, wanted) if who else None
        ids = await self._ids(who, chosen) if who and do else None
        if who is None or do is None or not ids:
            return None
        left = await self._leave(ids) if wanted.what == "unread" else None
        try:
            changed = tuple(await triage_changes.apply(who, ids, do))
        except SnoozeRefusedError as refused:
            self._tell("refused", 0, refused.problem)
            return None
        except NotFoundError:
            return None
        if changed:
            self._changed = changed
            self._tell(wanted.what, len(changed))
        return left

    @rx.event
    async def undo(self) -> None:
        """The latest change, where nothing was said since."""
        who = await signed_in(self)
        if who is None or not self._changed:
            return
        changed, self._changed = self._changed, ()
        if isinstance(changed, _Labelled):
            count = len(await triage_changes.label(who, *changed))
        else:
            count = await triage_changes.undo(who, changed)
        self._tell("undone", count)

    async def _label(self, who: SignedIn, what: str, chosen: object, label: str) -> None:
        """``label`` puts one on those chosen, ``unlabel`` takes it off."""
        ids, label_id = await self._ids(who, chosen), untrusted.row_id(label)
        if not ids or label_id is None:
            return
        try:
            changed = await triage_changes.label(who, what, label_id, ids)
        except NotFoundError:
            return
        if changed:
            self._changed = _Labelled(OPPOSITES[what], label_id, tuple(changed))
            self._tell(what, len(changed))

    async def _ids(self, who: SignedIn, chosen: object) -> list[int] | None:
        if chosen != EVERYTHING:
            return untrusted.row_ids(chosen, MOST_NAMED)
        view = (await self.get_state(InboxState))._query(who).view
        async with current_runtime().database.reading() as session:
            return await ids_in(session, view, clock.now(), limit=MOST)

    async def _leave(self, ids: list[int]) -> EventSpec | None:
        """The open conversation, which would be read at once."""
        return (await self.get_state(ThreadState))._leave_one_of(ids)

    def _tell(self, what: str, count: int, problem: str = "") -> None:
        number = self.notices[0]["id"] + 1 if self.notices else 1
        undo = bool(self._changed) and what not in {"undone", "refused"}
        self.notices = [
            TriageNoticeRow(id=number, what=what, problem=problem, count=count, undo=undo)
        ]
