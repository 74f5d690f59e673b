"""Two actors are made one: who the other is, what goes over, and back (A3)."""

from dataclasses import asdict
from typing import Any, TypedDict

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import RacedError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import merging
from inbox_app.domain.people.actors import MergeRefusedError
from inbox_app.domain.people.merging import OnFile
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.people import actor_list
from inbox_app.queries.people.actor_list import ActorView
from inbox_app.queries.people.actor_record import actor_record
from inbox_app.queries.people.rows import ActorRecord, ActorRow
from inbox_app.runtime import current_runtime
from inbox_app.services.people.merge_actors import merge_actors, undo_merge

BUSY = "busy"
_LONGEST, _MOST = 100, 30


class MergeSideRow(TypedDict):
    """One of the two."""

    id: str
    name: str
    about: str


class MergeRow(TypedDict):
    """What goes over from ``gone`` to ``kept``."""

    numbers: list[str]
    stays: list[str]
    homes: list[str]
    labels: list[str]
    conversations: int
    notes: bool
    email: str
    email_to_notes: str


def nobody() -> MergeSideRow:
    return MergeSideRow(id="", name="", about="")


def nothing() -> MergeRow:
    return MergeRow(
        numbers=[],
        stays=[],
        homes=[],
        labels=[],
        conversations=0,
        notes=False,
        email="",
        email_to_notes="",
    )


class MergeState(rx.State):
    """Who is found; once one is chosen, the two and what goes over."""

    people: rx.Field[list[ActorRow]] = rx.field(default_factory=list)
    words: rx.Field[str] = rx.field("")
    kept: rx.Field[MergeSideRow] = rx.field(default_factory=nobody)
    gone: rx.Field[MergeSideRow] = rx.field(default_factory=nobody)
    moves: rx.Field[MergeRow] = rx.field(default_factory=nothing)
    problem: rx.Field[str] = rx.field("")
    """A `MergeProblem`, `BUSY` or ""."""
    done: rx.Field[int] = rx.field(0)
    """How many were merged: the dialog closes with each."""
    not_undone: rx.Field[str] = rx.field("")
    """Why the last undo was refused: a `MergeProblem`, `BUSY` or ""."""
    not_undone_of: rx.Field[str] = rx.field("")
    """The actor on whose page it was asked for."""

    @rx.event
    async def begin(self) -> None:
        """The dialog is opened."""
        if await signed_in(self) is not None:
            set_changed(self, people=[], words="", kept=nobody(), gone=nobody(), problem="")

    @rx.event(supersedes=True)
    async def search(self, words: str) -> None:
        """Those whom the words find; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST)
        if who is None or wanted is None:
            return
        view = ActorView(who.account_id, search=clean_line(wanted))
        async with current_runtime().database.reading() as session:
            found = await actor_list.stretch(session, view, limit=_MOST) if view.search else []
            rows = await actor_list.rows(session, who.account_id, found[:_MOST])
        set_changed(self, people=rows, words=view.search)

    @rx.event
    async def look(self, kept: str, gone: str) -> None:
        """What would go over from the one to the other; without both, back to the search."""
        who = await signed_in(self)
        ids = untrusted.row_id(kept), untrusted.row_id(gone)
        if who is None:
            return
        both = await _both(who, *ids) if ids[0] and ids[1] else None
        if both is None:
            set_changed(self, kept=nobody(), gone=nobody(), problem="")
            return
        to, of = both
        moves = MergeRow(**asdict(merging.preview(_on_file(to), _on_file(of))))
        set_changed(self, kept=_side(to), gone=_side(of), moves=moves, problem="")

    @rx.event
    async def merge(self) -> Any:
        """Make them one."""
        who = await signed_in(self)
        kept, gone = untrusted.row_id(self.kept["id"]), untrusted.row_id(self.gone["id"])
        if who is None or kept is None or gone is None:
            return None
        self.problem = await _merged(who, kept, gone)
        if self.problem:
            return None
        self.done += 1
        return rx.redirect(f"/actors/{kept}")

    @rx.event
    async def undo(self, merge: str, actor: str) -> None:
        """Part them again; the page of the actor says why not."""
        who, id_ = await signed_in(self), untrusted.row_id(merge)
        of = untrusted.row_id(actor)
        if who is not None and id_ is not None and of is not None:
            set_changed(self, not_undone=await _parted(who, id_), not_undone_of=str(of))


async def _both(
    who: SignedIn, kept: int | None, gone: int | None
) -> tuple[ActorRecord, ActorRecord] | None:
    if kept is None or gone is None or kept == gone:
        return None
    async with current_runtime().database.reading() as session:
        to = await actor_record(session, who.account_id, kept, clock.now())
        of = await actor_record(session, who.account_id, gone, clock.now())
    return (to, of) if to and of and not (to["archived"] or of["archived"]) else None


def _on_file(record: ActorRecord) -> OnFile:
    return OnFile(
        name=record["name"],
        numbers=[phone["shown"] for phone in record["phones"]],
        email=record["email"],
        notes=record["notes"],
        stays=[stay["code"] for stay in record["stays"]],
        homes=record["homes"],
        labels=[label["name"] for label in record["labels"]],
        conversations=len(record["conversations"]),
    )


def _side(record: ActorRecord) -> MergeSideRow:
    known = [*(phone["shown"] for phone in record["phones"]), record["email"]]
    about = " · ".join([each for each in known if each][:2])
    return MergeSideRow(id=record["id"], name=record["name"], about=about)


async def _merged(who: SignedIn, kept: int, gone: int) -> str:
    """What stands against it; "" once they are one."""

    async def work(session: AsyncSession) -> int:
        return await merge_actors(
            session,
            account_id=who.account_id,
            kept_id=kept,
            gone_id=gone,
            user_id=who.user_id,
            now=clock.now(),
        )

    try:
        await current_runtime().database.run_transaction(work)
    except MergeRefusedError as refused:
        return refused.problem.value
    except RacedError:
        return BUSY
    current_runtime().live.publish(Change(who.account_id))
    return ""


async def _parted(who: SignedIn, merge_id: int) -> str:
    """What stands against it; "" once they are two."""

    async def work(session: AsyncSession) -> int:
        return await undo_merge(
            session,
            account_id=who.account_id,
            merge_id=merge_id,
            user_id=who.user_id,
            now=clock.now(),
        )

    problem = ""
    try:
        await current_runtime().database.run_transaction(work)
    except MergeRefusedError as refused:
        problem = refused.problem.value
    except RacedError:
        problem = BUSY
    current_runtime().live.publish(Change(who.account_id))  # refused, what is there is read again
    return problem
