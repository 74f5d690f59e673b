"""«Aggiungi esistente», «Scollega» and «Annulla»: who an unknown sender is (A1, A2)."""

from typing import Literal, TypedDict

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import AlreadyLinkedError, NotFoundError, RacedError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.people.actors import ActorRefusedError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.people.candidates import candidates_found, suggestions
from inbox_app.queries.people.names import actor_name, conversation_actor_name
from inbox_app.queries.people.rows import CandidateRow
from inbox_app.runtime import current_runtime
from inbox_app.services.people.link_sender import link_sender
from inbox_app.services.people.make_guest_of_stay import make_guest_of_stay
from inbox_app.services.people.unlink_sender import unlink_sender
from inbox_app.web import millis

_LONGEST = 100
LINKED, GONE, BUSY = "linked", "gone", "busy"
"""Somebody has linked it to another; the actor or the conversation is there no more; both at once.
"""

Happened = Literal["linked", "unlinked", "undone", "changed"]


class LinkNoticeRow(TypedDict):
    """What was just done here to a conversation, for a moment."""

    what: Happened
    """``changed``: somebody else was quicker than an undo."""
    thread: str
    link: str
    """By which it is undone, "" where it is not."""
    name: str
    at: int


class LinkState(rx.State):
    """Whom the sender may be, and what speaks against the one that was chosen."""

    asked: rx.Field[str] = rx.field("")
    """The conversation that `candidates` are of."""
    words: rx.Field[str] = rx.field("")
    candidates: rx.Field[list[CandidateRow]] = rx.field(default_factory=list)
    problem: rx.Field[str] = rx.field("")
    """`LINKED`, `GONE` or `BUSY`; of who was to be put on file an `ActorProblem` or a
    `PhoneProblem` too."""
    whose: rx.Field[str] = rx.field("")
    """Whom it is linked to, with `LINKED`."""
    refused: rx.Field[int] = rx.field(0)
    """How often something was: `problem` is of the last time."""
    done: rx.Field[int] = rx.field(0)
    """How many were linked or unlinked: the dialogs close with each."""
    notices: rx.Field[list[LinkNoticeRow]] = rx.field(default_factory=list)
    """The latest, or none."""

    @rx.event(supersedes=True)
    async def search(self, thread: str, words: str) -> None:
        """The latest of several wins; without words those are suggested who stand out."""
        await self._find(thread, words)

    @rx.event
    async def link(self, thread: str, actor: str) -> None:
        """The sender is this one of the account's people."""
        who = await signed_in(self)
        id_, actor_id = untrusted.row_id(thread), untrusted.row_id(actor)
        if who is None or id_ is None or actor_id is None:
            return
        try:
            link_id = await _linked(who, id_, actor_id)
        except AlreadyLinkedError as linked:
            self._refuse(LINKED, await name_of(who, linked.actor_id))
        except NotFoundError:
            self._refuse(GONE)
            await self._find(thread, self.words)
        except RacedError:
            self._refuse(BUSY)
        else:
            self._done(who, "linked", str(id_), await name_of(who, actor_id), link_id)

    @rx.event
    async def link_stay(self, thread: str, stay: str) -> None:
        """The sender is the guest of this stay, of whom nothing is on file (A5)."""
        who = await signed_in(self)
        id_, stay_id = untrusted.row_id(thread), untrusted.row_id(stay)
        if who is None or id_ is None or stay_id is None:
            return
        try:
            link_id, name = await _made_guest(who, id_, stay_id)
        except AlreadyLinkedError as linked:
            self._refuse(LINKED, await name_of(who, linked.actor_id))
        except (NotFoundError, ActorRefusedError):
            self._refuse(GONE)
            await self._find(thread, self.words)
        except RacedError:
            self._refuse(BUSY)
        else:
            self._done(who, "linked", str(id_), clean_line(name, _LONGEST), link_id)

    @rx.event
    async def unlink(self, thread: str) -> None:
        """The sender is not who it was said they are."""
        await self._end(thread, "unlinked")

    @rx.event
    async def undo(self, thread: str, link: str) -> None:
        """Just now, and nobody has changed it since."""
        link_id = untrusted.row_id(link)
        if link_id is not None:
            await self._end(thread, "undone", link_id)

    async def _find(self, thread: object, words: object) -> None:
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        wanted = untrusted.text(words, _LONGEST)
        if who is None or id_ is None or wanted is None:
            return
        sought = clean_line(wanted)
        async with current_runtime().database.reading() as session:
            of = (session, who.account_id, id_)
            found = await (
                candidates_found(*of, sought, clock.now())
                if sought
                else suggestions(*of, clock.now())
            )
        set_changed(self, asked=str(id_), words=sought, candidates=found)

    async def _end(self, thread: object, what: Happened, link_id: int | None = None) -> None:
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is None or id_ is None:
            return
        try:
            name = await _unlinked(who, id_, link_id)
        except (NotFoundError, RacedError):
            self._tell("changed", str(id_), "")
        else:
            self._done(who, what, str(id_), name)

    def _done(
        self, who: SignedIn, what: Happened, thread: str, name: str, link_id: int = 0
    ) -> None:
        current_runtime().live.publish(Change(who.account_id))
        self.done += 1
        self._tell(what, thread, name, link_id)

    def _refuse(self, problem: str, whose: str = "") -> None:
        set_changed(self, problem=str(problem), whose=whose)
        self.refused += 1

    def _tell(self, what: Happened, thread: str, name: str, link_id: int = 0) -> None:
        link, at = str(link_id) if link_id else "", millis(clock.now())
        self.notices = [LinkNoticeRow(what=what, thread=thread, link=link, name=name, at=at)]


async def _linked(who: SignedIn, conversation_id: int, actor_id: int) -> int:
    async def work(session: AsyncSession) -> int:
        return await link_sender(
            session,
            account_id=who.account_id,
            conversation_id=conversation_id,
            actor_id=actor_id,
            user_id=who.user_id,
            now=clock.now(),
        )

    return await current_runtime().database.run_transaction(work)


async def _made_guest(who: SignedIn, conversation_id: int, reservation_id: int) -> tuple[int, str]:
    async def work(session: AsyncSession) -> tuple[int, str]:
        return await make_guest_of_stay(
            session,
            account_id=who.account_id,
            conversation_id=conversation_id,
            reservation_id=reservation_id,
            user_id=who.user_id,
            now=clock.now(),
        )

    return await current_runtime().database.run_transaction(work)


async def _unlinked(who: SignedIn, conversation_id: int, link_id: int | None) -> str:
    """How the actor is called, who may be there no more afterwards."""

    async def work(session: AsyncSession) -> str:
        name = await conversation_actor_name(session, who.account_id, conversation_id)
        await unlink_sender(
            session,
            account_id=who.account_id,
            conversation_id=conversation_id,
            user_id=who.user_id,
            now=clock.now(),
            link_id=link_id,
        )
        return name

    return await current_runtime().database.run_transaction(work)


async def name_of(who: SignedIn, actor_id: int) -> str:
    """How one of the account's people is called."""
    async with current_runtime().database.reading() as session:
        return await actor_name(session, who.account_id, actor_id)
