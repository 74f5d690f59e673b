"""Plays the demo company's past through the same doors as the present."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp import inbound
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.domain.conversations import triage
from inbox_app.domain.delivery.failures import Failure
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.models import Address, Conversation, Message, Outbox
from inbox_app.queries.inbox.send_facts import active_connection
from inbox_app.sandbox.demo.sample_conversations import (
    Line,
    SampleConversation,
    sample_conversations,
)
from inbox_app.sandbox.simulator import wire
from inbox_app.sandbox.simulator.graph.errors import error_text
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, person_by_key
from inbox_app.sandbox.simulator.phones import PhoneFile, PhoneMessage, Phones, new_wamid
from inbox_app.sandbox.simulator.samples import fixed_sample, sample, text
from inbox_app.sandbox.simulator.wire import Json
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.services.conversations.standing import stand, standing
from inbox_app.services.conversations.triage import set_done
from inbox_app.services.intake.event_result import EventToApply
from inbox_app.services.intake.receive import receive
from inbox_app.services.search.index_messages import index_messages, said_by
from inbox_app.services.sending.mark_failed import mark_failed
from inbox_app.services.sending.send import queue_text
from inbox_app.services.sending.send_file import queue_file


@dataclass(slots=True)
class History:
    """Writes it to the account and to the phones; `conversations` by group or person."""

    session: AsyncSession
    phones: Phones
    account_id: int
    user_id: int
    now: datetime
    our_files: Mapping[str, OutgoingFile]
    """What we sent, by the names of the samples."""
    conversations: dict[str, int] = field(default_factory=dict[str, int])

    async def tell(self) -> None:
        """Everything that was said, oldest first."""
        every = sample_conversations()
        lines = [(line, talk) for talk in every for line in talk.lines]
        for line, talk in sorted(lines, key=lambda pair: -pair[0].ago):
            at = (self.now - line.ago).replace(microsecond=0)
            if not line.ours and talk.group:
                await self._they_wrote_in_a_group(line, talk, at)
            elif not line.ours:
                await self._they_wrote(line, talk.person, at)
            elif line.template:
                await self._we_sent_template(line, talk.person, at)
            else:
                await self._we_wrote(line, talk.person, at)
        for talk in every:
            await self._mark(talk)

    async def _they_wrote(self, line: Line, person: str, at: datetime) -> None:
        chat = self.phones.chat(DEMO_NUMBER.phone_number_id, person)
        said = sample(line.kind, chat) if line.kind else text(line.words)
        if said is None:
            raise ValueError(f"nothing for {line.kind} to be about")
        message = self._on_phone(person, at, mine=True, text=said.preview, file=said.file)
        message.kind = said.content["type"]
        chat.last_written_at = message.at
        self.conversations[person] = await self._heard(said.content, person, message)

    async def _they_wrote_in_a_group(
        self, line: Line, talk: SampleConversation, at: datetime
    ) -> None:
        """The phones have no groups."""
        said = text(line.words)
        message = _message(talk.person, at, mine=True, text=said.preview)
        content = said.content | {"group_id": talk.group}
        self.conversations[talk.group] = await self._heard(content, talk.person, message)

    async def _heard(self, content: Json, person: str, message: PhoneMessage) -> int:
        """The conversation in which it was understood."""
        at = datetime.fromtimestamp(message.at, UTC)
        body = wire.inbound(DEMO_NUMBER, person_by_key(person), message, content)
        event = EventToApply(0, WHATSAPP, at, inbound.read(wire.encode(body)))
        received = await receive(self.session, [event], at)
        ((_, conversation_id),) = received.changed
        return conversation_id

    async def _we_wrote(self, line: Line, person: str, at: datetime) -> None:
        message = await self._queued(line, self.conversations[person], at)
        await self.session.exec(delete(Outbox).where(col(Outbox.message_id) == message.id))
        message.status, message.status_at = line.status, at + timedelta(seconds=9)
        if line.status is not DeliveryStatus.UNKNOWN:
            message.provider_id = new_wamid(person, outgoing=True)
        if line.error_code is not None:
            words = error_text(line.error_code).details
            remedy = remedy_of(line.error_code)
            failure = Failure(remedy=remedy, code=line.error_code, words=words)
            await mark_failed(self.session, message, failure, at)
        elif message.provider_id:
            shown = fixed_sample(line.kind).file if line.kind else None
            on_phone = self._on_phone(person, at, mine=False, text=line.words, file=shown)
            on_phone.id, on_phone.status = message.provider_id, str(line.status)
            message.billed, message.charge_category = False, "service"
            message.charge_type = "free_customer_service"

    async def _queued(self, line: Line, conversation_id: int, at: datetime) -> Message:
        if line.kind:
            return await queue_file(
                self.session,
                self.our_files[line.kind],
                account_id=self.account_id,
                conversation_id=conversation_id,
                caption=line.words,
                author_id=self.user_id,
                origin=Origin.PM,
                client_ref=None,
                now=at,
            )
        return await queue_text(
            self.session,
            account_id=self.account_id,
            conversation_id=conversation_id,
            text=line.words,
            author_id=self.user_id,
            origin=Origin.PM,
            client_ref=None,
            now=at,
        )

    async def _we_sent_template(self, line: Line, person: str, at: datetime) -> None:
        conversation = await self.session.get_one(Conversation, self.conversations[person])
        connection = await active_connection(self.session, self.account_id, WHATSAPP)
        on_phone = self._on_phone(person, at, mine=False, text=line.words)
        on_phone.status = str(line.status)
        message = Message(
            account_id=self.account_id,
            conversation_id=conversation.id,
            connection_id=connection and connection.id,
            provider_id=on_phone.id,
            direction=Direction.OUT,
            kind=MessageKind.TEMPLATE,
            text=line.words,
            details={"template": {"id": None, "name": line.template, "language": "it"}},
            status=line.status,
            status_at=at,
            billed=True,
            charge_category="utility",
            charge_type="regular",
            author_id=self.user_id,
            origin=Origin.PM,
            queued_at=at,
            sent_at=at,
            created_at=at,
        )
        self.session.add(message)
        await self.session.flush()
        await index_messages(await self.session.connection(), [said_by(message)])
        conversation.last_message_id, conversation.arrived_at = message.id, at
        stand(conversation, triage.answered(standing(conversation)))

    async def _mark(self, talk: SampleConversation) -> None:
        conversation_id = self.conversations[talk.group or talk.person]
        if "seen" in talk.marks:
            await self._read(conversation_id)
        if talk.group:
            return
        conversation = await self.session.get_one(Conversation, conversation_id)
        address = await self.session.get_one(Address, conversation.address_id)
        chat = self.phones.chat(DEMO_NUMBER.phone_number_id, talk.person)
        if "blocked" in talk.marks:
            address.blocked_at, chat.blocked = self.now, True
            await set_done(self.session, self.account_id, [conversation_id], self.now)
        if "no-marketing" in talk.marks:
            address.marketing_stopped_at, chat.marketing_stopped = self.now, True

    async def _read(self, conversation_id: int) -> None:
        newest = select(Message.id).where(col(Message.conversation_id) == conversation_id)
        up_to = max((await self.session.exec(newest)).all())
        await mark_read(
            self.session,
            account_id=self.account_id,
            user_id=self.user_id,
            conversation_id=conversation_id,
            up_to=up_to,
        )

    def _on_phone(
        self,
        person: str,
        at: datetime,
        *,
        mine: bool,
        text: str,
        file: PhoneFile | None = None,
    ) -> PhoneMessage:
        message = _message(person, at, mine=mine, text=text)
        message.file = file
        chat = self.phones.chat(DEMO_NUMBER.phone_number_id, person)
        chat.messages.append(message)
        self.phones.changed(chat)
        return message


def _message(person: str, at: datetime, *, mine: bool, text: str) -> PhoneMessage:
    return PhoneMessage(
        id=new_wamid(person, outgoing=not mine),
        mine=mine,
        kind="text",
        text=text,
        at=int(at.timestamp()),
        status="delivered" if mine else "sent",
    )
