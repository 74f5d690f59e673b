"""The demo account: made when the sandbox first starts, locked when sandbox mode is left."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import vault
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Origin
from inbox_app.models import Account, Connection, Conversation, Message, Outbox, Role, Session, User
from inbox_app.runtime import Runtime
from inbox_app.sandbox import wire
from inbox_app.sandbox.demo_talk import Line, talks
from inbox_app.sandbox.demo_world import write_world
from inbox_app.sandbox.graph_errors import refusal
from inbox_app.sandbox.people import BUSINESS_NAME, DEMO_NUMBER, TOKEN, person_by_key
from inbox_app.sandbox.phones import PhoneMessage, Phones, new_wamid
from inbox_app.sandbox.samples import Sample
from inbox_app.services.accounts import NewAccount, NewUser, create_account, create_user
from inbox_app.services.connect import CONTRACT_VERSION
from inbox_app.services.outcome import Heard
from inbox_app.services.read_conversation import mark_read
from inbox_app.services.receive import receive
from inbox_app.services.send import queue_text
from inbox_app.whatsapp import inbound

EMAIL = "demo@example.com"
PASSWORD = "demo-inbox"  # noqa: S105 - printed at every start of the sandbox
COLLEAGUE = "anna@example.com"
NEVER_WROTE = "elettrica"


async def open_demo(running: Runtime, phones: Phones, now: datetime) -> None:
    """Make the demo account unless it is there; let its people in again if they were locked out."""
    password_hash = await asyncio.to_thread(vault.hash_password, PASSWORD)
    token = running.vault.encrypt(TOKEN)
    async with running.database.transaction() as session:
        demo = select(Account.id).where(col(Account.demo).is_(True))
        if (account_id := (await session.exec(demo)).first()) is not None:
            people = update(User).where(col(User.account_id) == account_id)
            await session.exec(people.values(disabled_at=None))
            return
        phones.clear()
        await _make(session, phones, password_hash, token, now)


async def lock_demo(database: Database, now: datetime) -> None:
    """Nobody signs in to a demo account outside the sandbox, and who was is out."""
    async with database.transaction() as session:
        demo = select(Account.id).where(col(Account.demo).is_(True))
        people = update(User).where(col(User.account_id).in_(demo), col(User.disabled_at).is_(None))
        await session.exec(people.values(disabled_at=now))
        await session.exec(delete(Session).where(col(Session.account_id).in_(demo)))


async def _make(
    session: AsyncSession, phones: Phones, password_hash: str, token: str, now: datetime
) -> None:
    admin = NewUser(email=EMAIL, password_hash=password_hash, name="Giulia Russo")
    user = await create_account(session, NewAccount(name=BUSINESS_NAME), admin, now)
    account = await session.get_one(Account, user.account_id)
    account.demo = True
    colleague = NewUser(
        email=COLLEAGUE, password_hash=password_hash, name="Anna Riva", role=Role.AGENT
    )
    await create_user(session, account.id, colleague, now)
    session.add(_connection(account.id, user.id, token, now))
    await session.flush()
    today = now.astimezone(ZoneInfo(account.timezone)).date()
    actors = await write_world(session, account.id, today, now - timedelta(days=30))
    session.add(_silent(account.id, actors[NEVER_WROTE], now))
    await _History(session, phones, account.id, user.id, now).tell()


def _connection(account_id: int, user_id: int, token: str, now: datetime) -> Connection:
    return Connection(
        account_id=account_id,
        phone_number_id=DEMO_NUMBER.phone_number_id,
        waba_id=DEMO_NUMBER.waba_id,
        display_phone_number=DEMO_NUMBER.display,
        verified_name=BUSINESS_NAME,
        token_encrypted=token,
        contract_accepted_at=now,
        contract_accepted_by=user_id,
        contract_version=CONTRACT_VERSION,
        created_at=now,
    )


def _silent(account_id: int, actor_id: int, now: datetime) -> Conversation:
    """Begun with somebody who has never written."""
    began = now - timedelta(days=6)
    return Conversation(
        account_id=account_id, actor_id=actor_id, arrived_at=began, created_at=began
    )


@dataclass(slots=True)
class _History:
    """Plays the demo's past through the same doors as the present, in order of time."""

    session: AsyncSession
    phones: Phones
    account_id: int
    user_id: int
    now: datetime
    conversations: dict[str, int] = field(default_factory=dict[str, int])

    async def tell(self) -> None:
        all_talks = talks()
        lines = [(line, talk.person) for talk in all_talks for line in talk.lines]
        for line, person in sorted(lines, key=lambda pair: -pair[0].ago):
            at = (self.now - line.ago).replace(microsecond=0)
            if line.theirs is not None:
                await self._they_wrote(line.theirs, person, at)
            else:
                await self._we_wrote(line, person, at)
        for talk in all_talks:
            if talk.seen:
                await self._read(self.conversations[talk.person])

    async def _they_wrote(self, said: Sample, person: str, at: datetime) -> None:
        message = self._on_phone(person, at, mine=True, text=said.preview)
        chat = self.phones.chat(DEMO_NUMBER.phone_number_id, person)
        chat.last_written_at = message.at
        body = wire.inbound(DEMO_NUMBER, person_by_key(person), message, said.content)
        event = inbound.parse(wire.encode(body))
        understood = await receive(self.session, [Heard(0, at, event)], at)
        ((_, self.conversations[person]),) = understood.changed

    async def _we_wrote(self, line: Line, person: str, at: datetime) -> None:
        message = await queue_text(
            self.session,
            account_id=self.account_id,
            conversation_id=self.conversations[person],
            text=line.ours,
            author_id=self.user_id,
            origin=Origin.PM,
            client_ref=None,
            now=at,
        )
        await self.session.exec(delete(Outbox).where(col(Outbox.message_id) == message.id))
        message.status, message.status_at = line.status, at + timedelta(seconds=9)
        if line.status is not DeliveryStatus.UNKNOWN:
            message.provider_id = new_wamid(person, outgoing=True)
        if line.error_code is not None:
            told = refusal(line.error_code)
            message.error_code, message.error_message = line.error_code, told.details
        elif message.provider_id:
            on_phone = self._on_phone(person, at, mine=False, text=line.ours)
            on_phone.id, on_phone.status = message.provider_id, str(line.status)

    async def _read(self, conversation_id: int) -> None:
        newest = select(Message.id).where(col(Message.conversation_id) == conversation_id)
        up_to = max((await self.session.exec(newest)).all())
        await mark_read(
            self.session,
            account_id=self.account_id,
            conversation_id=conversation_id,
            up_to=up_to,
        )

    def _on_phone(self, person: str, at: datetime, *, mine: bool, text: str) -> PhoneMessage:
        message = PhoneMessage(
            id=new_wamid(person, outgoing=not mine),
            mine=mine,
            kind="text",
            text=text,
            at=int(at.timestamp()),
            status="delivered" if mine else "sent",
        )
        chat = self.phones.chat(DEMO_NUMBER.phone_number_id, person)
        chat.messages.append(message)
        self.phones.changed(chat)
        return message
