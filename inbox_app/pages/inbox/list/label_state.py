"""Labels put on conversations, made and kept in order; lists kept under a name (P9)."""

import reflex as rx

from inbox_app import clock
from inbox_app.domain.conversations.labels import LabelColour, NameRefusedError
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.list.triage_state import TriageState
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.labels import saved_views, write_label

_LONGEST = 200


class LabelState(rx.State):
    """What it changes is seen in the lists of all."""

    problem: rx.Field[str] = rx.field("")
    """A ``NameProblem``, of the last that was given."""
    done: rx.Field[int] = rx.field(0)
    """How many changes there were: what asked for one may close with each."""

    @rx.event
    async def make(self, name: str, chosen: object) -> None:
        """A new label, at once on the conversations chosen."""
        who, given = await signed_in(self), untrusted.text(name, _LONGEST)
        if who is None or given is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                of = session, who.account_id, given, LabelColour.GREY, clock.real_now()
                made = (await write_label.make_label(*of)).id
        except NameRefusedError as refused:
            self.problem = refused.problem.value
            return
        self._changed(who)
        await (await self.get_state(TriageState))._label(who, "label", chosen, str(made))

    @rx.event
    async def change(self, label: str, name: str, colour: str) -> None:
        """Rename it, or give it another colour."""
        who, id_ = await signed_in(self), untrusted.row_id(label)
        given = untrusted.text(name, _LONGEST)
        if who is None or id_ is None or given is None or colour not in tuple(LabelColour):
            return
        try:
            async with current_runtime().database.transaction() as session:
                changed = {"name": given, "colour": LabelColour(colour)}
                await write_label.change_label(session, who.account_id, id_, **changed)
        except NotFoundError:
            return
        except NameRefusedError as refused:
            self.problem = refused.problem.value
            return
        self._changed(who)

    @rx.event
    async def merge(self, label: str, into: str) -> None:
        """What has the one has the other from now on."""
        who = await signed_in(self)
        id_, other = untrusted.row_id(label), untrusted.row_id(into)
        if who is None or id_ is None or other is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                await write_label.merge_label(session, who.account_id, id_, other)
        except NotFoundError:
            return
        self._changed(who)

    @rx.event
    async def delete(self, label: str) -> None:
        """Off all conversations too."""
        who, id_ = await signed_in(self), untrusted.row_id(label)
        if who is None or id_ is None:
            return
        try:
            async with current_runtime().database.transaction() as session:
                await write_label.delete_label(session, who.account_id, id_)
        except NotFoundError:
            return
        self._changed(who)

    @rx.event
    async def save_view(self, name: str) -> None:
        """The list as it is shown, under a name; a view of that name is this list from now on."""
        who, given = await signed_in(self), untrusted.text(name, _LONGEST)
        if who is None or given is None:
            return
        view = (await self.get_state(InboxState))._query(who).view
        try:
            async with current_runtime().database.transaction() as session:
                await saved_views.save_view(
                    session,
                    who.account_id,
                    who.user_id,
                    given,
                    filter_=str(view.filter),
                    label_id=view.label_id or None,
                    search=view.search,
                    now=clock.real_now(),
                )
        except NameRefusedError as refused:
            self.problem = refused.problem.value
            return
        self._changed(who)

    @rx.event
    async def delete_view(self, view: str) -> None:
        """One of the person's own."""
        who, id_ = await signed_in(self), untrusted.row_id(view)
        if who is None or id_ is None:
            return
        async with current_runtime().database.transaction() as session:
            gone = await saved_views.delete_view(session, who.account_id, who.user_id, id_)
        if gone:
            self._changed(who)

    def _changed(self, who: SignedIn) -> None:
        self.problem, self.done = "", self.done + 1
        current_runtime().live.publish(Change(who.account_id))
