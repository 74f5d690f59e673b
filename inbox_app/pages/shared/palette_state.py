"""What the palette finds, and what it may do to the open conversation (P9)."""

from typing import Any, TypedDict

import reflex as rx
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.channels.registry import phone_channel
from inbox_app.domain.errors import BadPhoneError, OthersNumberError, RacedError
from inbox_app.domain.messages import clean_line
from inbox_app.live import Change
from inbox_app.models import Conversation
from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.search.found import found
from inbox_app.queries.search.people_hits import recent_people
from inbox_app.queries.search.rows import MessageHitRow, PersonHitRow, ReservationHitRow
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.open_conversation import NoSuchActorError, for_actor_by_id

_LONGEST = 100
_MOST = 6
"""Of each group: who sees as many types another letter."""


class PaletteRows(TypedDict):
    """What was found, in its groups; without words the people who were heard of last."""

    people: list[PersonHitRow]
    reservations: list[ReservationHitRow]
    messages: list[MessageHitRow]


class PaletteThread(TypedDict):
    """The open conversation, with "" for none."""

    id: str
    archived: bool


def _recent(people: list[PersonHitRow]) -> PaletteRows:
    return PaletteRows(people=people, reservations=[], messages=[])


def _nothing() -> PaletteRows:
    return _recent([])


def _no_thread() -> PaletteThread:
    return PaletteThread(id="", archived=False)


class PaletteState(rx.State):
    """As it was when the words were typed."""

    found: rx.Field[PaletteRows] = rx.field(default_factory=_nothing)
    asked: rx.Field[str] = rx.field("")
    """The words that `found` is for, as they were sent."""
    thread: rx.Field[PaletteThread] = rx.field(default_factory=_no_thread)
    refused: rx.Field[int] = rx.field(0)

    @rx.event
    async def open(self, thread: str) -> None:
        """It is opened, over this conversation or "" for none."""
        who = await signed_in(self)
        if who is None:
            return
        async with current_runtime().database.reading() as session:
            recent = await recent_people(session, who.account_id, limit=_MOST)
            shown = await _thread(session, who.account_id, untrusted.row_id(thread) or 0)
        set_changed(self, found=_recent(recent), asked="", thread=shown, refused=0)

    @rx.event(supersedes=True)
    async def search(self, words: str) -> None:
        """The latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST)
        if who is None or wanted is None:
            return
        async with current_runtime().database.reading() as session:
            rows = await _rows(session, who.account_id, clean_line(wanted))
        set_changed(self, found=rows, asked=wanted)

    @rx.event
    async def open_actor(self, actor: str) -> Any:
        """The conversation with one of the account's people who has none yet."""
        who, id_ = await signed_in(self), untrusted.row_id(actor)
        if who is None or id_ is None:
            return None
        now = clock.now()

        async def work(session: AsyncSession) -> Conversation:
            return await for_actor_by_id(session, who.account_id, phone_channel(), id_, now)

        try:
            opened = await current_runtime().database.run_transaction(work)
        except (NoSuchActorError, OthersNumberError, BadPhoneError, RacedError):
            self.refused += 1
            return None
        if opened.created_at >= now:
            current_runtime().live.publish(Change(who.account_id, opened.id))
        return rx.redirect(f"/inbox/{opened.id}")


async def _rows(session: AsyncSession, account_id: int, words: str) -> PaletteRows:
    if not words:
        return _recent(await recent_people(session, account_id, limit=_MOST))
    seen = await found(session, account_id, words, clock.now(), limit=_MOST)
    return PaletteRows(people=seen.people, reservations=seen.reservations, messages=seen.messages)


async def _thread(session: AsyncSession, account_id: int, id_: int) -> PaletteThread:
    query = select(Conversation.archived_at).where(
        col(Conversation.id) == id_, col(Conversation.account_id) == account_id
    )
    row = (await session.exec(query)).all()
    return PaletteThread(id=str(id_), archived=row[0] is not None) if row else _no_thread()
