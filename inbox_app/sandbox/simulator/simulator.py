"""The simulated Meta: takes sends, moves them to the phones, tells of it by webhooks."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from inbox_app.channels.whatsapp.error_codes import Code
from inbox_app.channels.whatsapp.templates.components import as_sent, parts
from inbox_app.sandbox.simulator import wire
from inbox_app.sandbox.simulator.deliveries import AS_USUAL, Delays, Deliveries
from inbox_app.sandbox.simulator.faults import Faults
from inbox_app.sandbox.simulator.graph import sends
from inbox_app.sandbox.simulator.graph import templates as graph_templates
from inbox_app.sandbox.simulator.graph.errors import Json, SimulatedGraphError
from inbox_app.sandbox.simulator.graph.onboarding import Onboarding
from inbox_app.sandbox.simulator.graph.rate_limits import Rate
from inbox_app.sandbox.simulator.media_store import MediaStore
from inbox_app.sandbox.simulator.people import NOT_ON_WHATSAPP, Number, person_by_key
from inbox_app.sandbox.simulator.phones import (
    Chat,
    PhoneFile,
    PhoneMessage,
    Phones,
    new_wamid,
)
from inbox_app.sandbox.simulator.shown_files import shown_file
from inbox_app.sandbox.simulator.template_review import TemplateReview
from inbox_app.sandbox.simulator.template_store import StoredTemplate, TemplateStore
from inbox_app.sandbox.simulator.webhook_sender import WebhookSender

WINDOW_SECONDS = 24 * 3600


class Simulator:
    """Meta's side of everything. `now` is the domain's time, which the sandbox may move."""

    def __init__(
        self,
        webhooks: WebhookSender,
        phones: Phones,
        now: Callable[[], datetime],
        delays: Delays = AS_USUAL,
        steady: Callable[[], float] = time.monotonic,
        store: TemplateStore | None = None,
        media: MediaStore | None = None,
    ) -> None:
        self.phones, self.webhooks, self.faults = phones, webhooks, Faults()
        self.onboarding = Onboarding(self.faults, webhooks.callbacks)
        self.store = store or TemplateStore()
        self.media = media or MediaStore(Path(tempfile.gettempdir()) / "sandbox-media", now)
        self.templates = TemplateReview(self.store, webhooks, self._post, now, delays.review)
        self.deliveries = Deliveries(phones, self.faults, self._post, now, delays)
        self._now, self._steady = now, steady
        self._pair = Rate(burst=45, seconds=6)
        self._throughput = Rate(burst=80, seconds=1 / 80)

    async def write(
        self,
        number: Number,
        person_key: str,
        content: Json,
        preview: str = "",
        file: PhoneFile | None = None,
    ) -> PhoneMessage:
        """A person writes; `content` is Meta's: `{"type": "text", "text": {"body": …}}`.

        Their phone shows `file`, and `preview` in place of a text.
        """
        person = person_by_key(person_key)
        chat = self.phones.chat(number.phone_number_id, person_key)
        message = PhoneMessage(
            id=new_wamid(person_key, outgoing=False),
            mine=True,
            kind=content["type"],
            text=preview or content.get("text", {}).get("body", ""),
            at=int(self._now().timestamp()),
            status="sent",
            file=file,
        )
        chat.messages.append(message)
        if chat.blocked:
            self.phones.changed(chat)
            return message
        chat.last_written_at = message.at
        self.phones.changed(chat)
        if await self._post(wire.inbound(number, person, message, content)):
            message.status = "delivered"
            self.phones.changed(chat)
        return message

    async def prefer(self, number: Number, person_key: str, *, marketing: bool) -> None:
        """A person stops or resumes the business's marketing."""
        chat = self.phones.chat(number.phone_number_id, person_key)
        chat.marketing_stopped = not marketing
        self.phones.changed(chat)
        at = int(self._now().timestamp())
        await self._post(wire.preference(number, person_by_key(person_key), marketing, at))

    def blocked(self, number: Number) -> Json:
        """Whom the business has blocked, on one page."""
        chats = self.phones.chats_of(number.phone_number_id)
        found = [chat.person for chat in chats if chat.blocked]
        data = [{"messaging_product": "whatsapp", "input": one, **_ids(one)} for one in found]
        return {"data": data, "paging": {"cursors": {"before": "QVFI", "after": "QVFJ"}}}

    def block(self, number: Number, user: str) -> Json:
        """The business blocks somebody who wrote in the last 24 hours."""
        chat = self._chat_of_user(number, user)
        if not self._window_is_open(chat):
            raise SimulatedGraphError(Code.BLOCKED_IN_PART)
        return self._blocked(chat, user, blocked=True)

    def unblock(self, number: Number, user: str) -> Json:
        """The business takes somebody back, blocked or not."""
        chat = self._chat_of_user(number, user)
        return self._blocked(chat, user, blocked=False)

    def _chat_of_user(self, number: Number, user: str) -> Chat:
        digits = user.removeprefix("+")
        return self.phones.chat(number.phone_number_id, person_by_key(digits).key)

    def _blocked(self, chat: Chat, user: str, *, blocked: bool) -> Json:
        chat.blocked = blocked
        self.phones.changed(chat)
        return {"input": user} | _ids(chat.person)

    async def accept(self, number: Number, payload: Json, *, marketing_only: bool = False) -> Json:
        """Take a send, or raise SimulatedGraphError; what follows is told by statuses."""
        template = self._template(number, payload)
        if marketing_only and (template is None or template.category != "MARKETING"):
            raise SimulatedGraphError(Code.METHOD_NOT_ALLOWED)
        file = None if template else shown_file(payload, self.media)
        text = _shown(template) if template else file.caption if file else sends.body(payload)
        chat = self.phones.chat(number.phone_number_id, sends.addressee(payload, number))
        self._check_rates(number, chat)
        category = _category(template, marketing_only)
        charged = template is not None or self.faults.used_up
        later = self._later_failure(chat, template, charged=charged)
        message = PhoneMessage(
            id=new_wamid(chat.person, outgoing=True),
            mine=False,
            kind="text",
            text=text,
            at=int(self._now().timestamp()),
            status="accepted",
            category=category,
            charged=charged,
            opaque=payload.get("biz_opaque_callback_data"),
            file=file.on_phone if file else None,
        )
        if later is None:
            chat.messages.append(message)
            self.phones.changed(chat)
        if self.faults.early:
            await self._post(wire.status(number, chat, message, "sent", message.at))
        self.webhooks.begin(self.deliveries.deliver(number, chat, message, later))
        return sends.acceptance(payload, chat, message)

    def mark_read(self, number: Number, message_id: str) -> None:
        """The business read what the person wrote, up to this message."""
        chat = self.phones.chat_of_message(number.phone_number_id, message_id)
        read = chat.find(message_id) if chat else None
        if chat is None or read is None or not read.mine:
            raise SimulatedGraphError(
                Code.INVALID_PARAMETER, "The message id is unknown or not of an inbound message."
            )
        for message in chat.messages:
            if message.mine and message.at <= read.at:
                message.status = "read"
        self.phones.changed(chat)

    async def keep_saving(self) -> None:
        """Write what changed, every second, until cancelled."""
        while True:
            await asyncio.sleep(1)
            await asyncio.to_thread(self._save)

    async def close(self) -> None:
        """Drop what is on its way and write the phones down."""
        await self.webhooks.close()
        self._save()

    def _save(self) -> None:
        self.phones.save()
        self.store.save()

    def _template(self, number: Number, payload: Json) -> StoredTemplate | None:
        if not sends.is_template(payload):
            return None
        return graph_templates.to_send(self.store, number.waba_id, payload)

    def _check_rates(self, number: Number, chat: Chat) -> None:
        at = self._steady()
        if not self._throughput.take(number.phone_number_id, at):
            raise SimulatedGraphError(Code.THROUGHPUT_REACHED)
        if not self._pair.take((number.phone_number_id, chat.person), at):
            raise SimulatedGraphError(Code.PAIR_RATE_LIMIT)

    def _later_failure(
        self, chat: Chat, template: StoredTemplate | None, *, charged: bool
    ) -> int | None:
        """The code of the `failed` status to come: with Meta, a 200 says little."""
        if (told := self.faults.next_failure()) is not None:
            return told
        if chat.person.endswith(NOT_ON_WHATSAPP):
            return Code.UNDELIVERABLE
        if template and chat.marketing_stopped and template.category == "MARKETING":
            return Code.MARKETING_OPTED_OUT
        if template is None and (closed := self._closed_window(chat)):
            return closed
        return Code.PAYMENT_PROBLEM if charged and self.faults.unpaid else None

    def _closed_window(self, chat: Chat) -> int | None:
        if self._window_is_open(chat):
            return None
        if self.faults.sync_window:
            raise SimulatedGraphError(Code.REENGAGEMENT)
        return Code.REENGAGEMENT

    def _window_is_open(self, chat: Chat) -> bool:
        written = chat.last_written_at
        return written is not None and self._now().timestamp() < written + WINDOW_SECONDS

    async def _post(self, body: Json) -> bool:
        copies = 2 if self.faults.duplicate else 1
        return all([await self.webhooks.deliver(body) for _ in range(copies)])


def _ids(person_key: str) -> Json:
    person = person_by_key(person_key)
    ids = {"wa_id": person.wa_id, "user_id": person.user_id}
    return {name: id for name, id in ids.items() if id}


def _category(template: StoredTemplate | None, marketing_only: bool) -> str:
    """What Meta charges it as: an answer is of service."""
    if template is None:
        return "service"
    return "marketing_lite" if marketing_only else template.category.lower()


def _shown(template: StoredTemplate) -> str:
    return as_sent(parts(template.components))
