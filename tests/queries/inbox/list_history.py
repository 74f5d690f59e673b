"""What happens to conversations, step by step through the services."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.conversations.triage import Snooze, SnoozeRefusedError
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.errors import SendRefusedError
from inbox_app.domain.messages import Direction, Origin
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models import Actor, Conversation, Message
from inbox_app.services.conversations import (
    open_conversation,
    read_conversation,
    triage,
    wake_snoozed,
)
from inbox_app.services.people.put_actor import GivenActor, put_actor
from inbox_app.services.sending.later_sends import release_due
from inbox_app.services.sending.mark_failed import mark_failed
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.sending.send import queue_text
from inbox_app.services.sending.send_later import BadTimeError, When, queue_later
from inbox_app.services.sending.undo_send import take_out
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import reacts, says

PEOPLE = ["393471234567", "393489876543", "393331112233"]
EXTERNAL = ["guest-1", "guest-2"]

LOOKERS = [0, 1]
person, who, looker = (st.sampled_from(each) for each in (PEOPLE, EXTERNAL, LOOKERS))
STEPS = st.one_of(
    st.tuples(st.just("writes"), person),
    st.tuples(st.just("is read"), person, looker),
    st.tuples(st.just("is left unread"), person, looker),
    st.tuples(st.just("is unread for all"), person, looker),
    st.tuples(st.just("reacts"), person),
    st.tuples(st.just("is answered"), person),
    st.tuples(st.just("is answered by one"), person, looker),
    st.tuples(st.just("was not reached"), person),
    st.tuples(st.just("is tried again"), person),
    st.tuples(st.just("is answered no more"), person),
    st.tuples(st.just("is answered later"), person),
    st.tuples(st.sampled_from(["is done", "is to do", "is put away"]), person),
    st.tuples(st.just("is snoozed"), person, st.sampled_from(Snooze)),
    st.tuples(st.just("is told"), who, st.sampled_from(ActorKind), person | st.none()),
    st.tuples(st.just("is opened"), who),
    st.tuples(st.just("is forgotten"), who),
)


class History:
    """Steps through the services; what cannot be done in a state is not done."""

    def __init__(
        self, database: Database, account_id: int, now: datetime, people: Sequence[int]
    ) -> None:
        self._database, self._account_id, self._now = database, account_id, now
        self.people = people
        self.seen: defaultdict[tuple[int, int], int] = defaultdict(int)
        """Down to which id each of ``people`` has seen a conversation."""
        self._inbox, self._count, self._wamid = open_inbox(database), 0, ""

    async def step(self, what: str, *of: Any) -> None:
        self._now += timedelta(seconds=1)
        async with self._database.transaction() as session:
            await wake_snoozed.wake_due(session, self._now)
            await release_due(session, self._now)
        if what in {"writes", "reacts"}:
            await self._writes(what, *of)
            return
        async with self._database.transaction() as session:
            if what == "is told":
                await self._is_told(session, *of)
            elif what == "is opened":
                await self._is_opened(session, *of)
            elif what == "is forgotten":
                theirs = (
                    col(Actor.account_id) == self._account_id,
                    col(Actor.external_id) == of[0],
                )
                await session.exec(delete(Actor).where(*theirs))
            elif (talk := await self._talk(session, of[0])) is None:
                return
            elif what in {"is read", "is left unread", "is unread for all"}:
                await self._is_looked_at(session, what, talk, self.people[of[1]])
            elif what == "is answered by one":
                await self._is_answered_by(session, talk, self.people[of[1]])
            elif what in {"is done", "is to do", "is put away", "is snoozed"}:
                await self._is_decided(session, what, talk, *of[1:])
            else:
                await self._is_sent_to(session, what, talk)

    async def _writes(self, what: str, wa_id: str) -> None:
        self._count += 1
        wamid = f"wamid.{self._now.timestamp()}.{self._count}"
        if what == "writes":
            await self._inbox.hear(says("Ciao", wamid, self._now, wa_id=wa_id), at=self._now)
        elif self._wamid:
            told = reacts(self._wamid, wamid, self._now, wa_id=wa_id)
            await self._inbox.hear(told, at=self._now)
        self._wamid = wamid

    async def _talk(self, session: AsyncSession, wa_id: str) -> Conversation | None:
        rows = (await session.exec(select(Conversation).order_by(col(Conversation.id)))).all()
        return rows[hash(wa_id) % len(rows)] if rows else None

    async def _is_decided(
        self, session: AsyncSession, what: str, talk: Conversation, *until: Snooze
    ) -> None:
        of, now = (session, self._account_id, [talk.id]), self._now
        if what == "is done":
            await triage.set_done(*of, now)
        elif what == "is to do":
            await triage.set_to_do(*of, now)
        elif what == "is put away":
            changed = await triage.set_put_away(*of, now, archived=True)
            await triage.undo(session, self._account_id, changed, self.people[0])
        else:
            with suppress(SnoozeRefusedError):
                await triage.set_snoozed(*of, until[0], now, now + timedelta(seconds=2))

    async def _is_sent_to(self, session: AsyncSession, what: str, talk: Conversation) -> None:
        of: dict[str, Any] = {"account_id": self._account_id, "conversation_id": talk.id}
        by: dict[str, Any] = {"author_id": None, "origin": Origin.API, "client_ref": None}
        ours = select(Message).where(
            col(Message.conversation_id) == talk.id, col(Message.direction) == Direction.OUT
        )
        last = (await session.exec(ours.order_by(col(Message.id).desc()).limit(1))).first()
        with suppress(SendRefusedError, BadTimeError):
            if what == "is answered":
                await queue_text(session, **of, **by, text="Sì", now=self._now)
            elif what == "is answered later":
                when = When(self._now + timedelta(seconds=2))
                await queue_later(session, **of, **by, text="Poi", when=when, now=self._now)
            elif last is not None and what == "was not reached":
                await mark_failed(session, last, Failure(remedy=Remedy.RETRY), self._now)
            elif last is not None and what == "is tried again":
                await retry(session, self._account_id, last.id, self._now)
            elif last is not None:
                await take_out(session, talk, last, self._now)

    async def _is_told(
        self, session: AsyncSession, external_id: str, kind: ActorKind, phone: str | None
    ) -> None:
        told = GivenActor(kind=kind, name="Ada", phones=[f"+{phone}"] if phone else [])
        await put_actor(session, self._account_id, external_id, told, self._now)

    async def _is_opened(self, session: AsyncSession, external_id: str) -> None:
        of = (self._account_id, channel_of(WHATSAPP), external_id, self._now)
        try:
            await open_conversation.for_actor(session, *of)
        except (open_conversation.NoSuchActorError, open_conversation.OthersNumberError):
            return

    async def _is_looked_at(
        self, session: AsyncSession, what: str, talk: Conversation, person_id: int
    ) -> None:
        of = {"account_id": self._account_id, "conversation_id": talk.id}
        if what == "is read":
            await read_conversation.mark_read(session, **of, user_id=person_id, up_to=2**31)
            self.seen[person_id, talk.id] = talk.last_message_id or 0
        elif what == "is left unread":
            if await read_conversation.leave_unread(session, talk, person_id):
                self.seen[person_id, talk.id] = await self._last_of_theirs(session, talk) - 1
        elif await read_conversation.mark_unread(session, **of):
            before_it = await self._last_of_theirs(session, talk) - 1
            for each in self.people:
                self.seen[each, talk.id] = min(self.seen[each, talk.id], before_it)

    async def _is_answered_by(
        self, session: AsyncSession, talk: Conversation, person_id: int
    ) -> None:
        of: dict[str, Any] = {"account_id": self._account_id, "conversation_id": talk.id}
        by: dict[str, Any] = {"author_id": person_id, "origin": Origin.PM, "client_ref": None}
        with suppress(SendRefusedError):
            sent = await queue_text(session, **of, **by, text="Sì", now=self._now)
            self.seen[person_id, talk.id] = sent.id

    async def _last_of_theirs(self, session: AsyncSession, talk: Conversation) -> int:
        theirs = select(func.max(col(Message.id))).where(
            col(Message.conversation_id) == talk.id, col(Message.direction) == Direction.IN
        )
        return (await session.exec(theirs)).one() or 0
