"""A second channel: mail, as a house without WhatsApp would have it. It knows no window, takes
documents beside texts, is reached at e-mail addresses, and a mailbox may be full."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from inbox_app.channels.inbound import Alias, Contact, InboundMessage, InboundStatus, ParsedEvent
from inbox_app.channels.outbound import (
    CredentialsRefused,
    DeliveryResult,
    FileUnavailableError,
    Health,
    Job,
    ReadFile,
    Refused,
    RetryAt,
    Sent,
    Unknown,
)
from inbox_app.channels.registry import register
from inbox_app.domain.delivery.failures import Failure, FailureReason, Remedy
from inbox_app.domain.files.outgoing_files import FileLimits
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import Control, Decision, Facts, Reason

MAIL = "mail"
MAILBOX_FULL, NO_SUCH_MAILBOX, WRONG_PASSWORD = 552, 550, 535
_FORMATS = frozenset({MessageKind.TEXT, MessageKind.DOCUMENT})


class Mail:
    """Its credentials are the address of the relay that takes what goes out."""

    key = MAIL
    name = "Mail"
    icon = "send"
    reply_window = None
    formats = _FORMATS
    file_limits = FileLimits(document_bytes=1000, caption=100)
    keeps_uploads_for = timedelta()
    writes_to_phones = False
    can_block = False
    counts_messages = False
    keeps_files_for = timedelta(days=30)
    pair_rate = None

    def read(self, body: bytes) -> ParsedEvent:
        """One letter or one bounce, as JSON."""
        try:
            told = json.loads(body)
        except ValueError:
            return ParsedEvent(problem="no JSON")
        if "about" in told:
            return ParsedEvent(statuses=[_status(told)])
        return ParsedEvent(messages=[_message(self, told)])

    def contact(self, address: str) -> Contact:
        """Upper and lower case mean the same mailbox."""
        return Contact(address=address, address_alias=Alias("email", address.casefold()))

    def decide(self, facts: Facts) -> Decision:
        """Whoever is connected may write at any time."""
        control, reason = _control(facts)
        return Decision(
            control=control,
            reason=reason,
            window=WindowState.NONE,
            closes_at=None,
            formats=_FORMATS if control is Control.COMPOSER else frozenset(),
        )

    async def deliver(
        self, http: httpx.AsyncClient, credentials: str, job: Job, read_file: ReadFile
    ) -> DeliveryResult:
        """The relay answers with the codes of mail."""
        letter = {"from": job.endpoint, "to": job.address, "text": job.text, "ref": job.ref}
        try:
            answer = await http.post(credentials, json=letter)
        except httpx.ConnectError:
            return _later("The relay could not be reached.", None)
        except httpx.TransportError:
            return Unknown()
        return _result(answer.json())

    async def fetch_file(
        self, http: httpx.AsyncClient, credentials: str, provider_id: str
    ) -> AsyncIterator[bytes]:
        """From beside the relay."""
        answer = await http.get(f"{credentials}/{provider_id}")
        if not answer.is_success:
            raise FileUnavailableError(Failure(remedy=Remedy.NOT_FOUND))
        yield answer.content

    async def tell_read(
        self,
        http: httpx.AsyncClient,
        credentials: str,
        endpoint: str,
        provider_id: str,
        *,
        typing: bool,
    ) -> None:
        """Letters tell nobody."""

    async def health(self, http: httpx.AsyncClient, credentials: str, endpoint: str) -> Health:
        """Whoever answers is well."""
        try:
            await http.get(credentials)
        except httpx.TransportError:
            return Health(Failure(remedy=Remedy.RETRY))
        return Health()

    def form_to_ask_for(self, unsupported_type: str) -> MessageKind | None:
        """All that is readable of a letter is shown."""
        return None

    def failure_reason(self, code: int | None) -> FailureReason:
        """In words that the pages know."""
        known = {
            NO_SUCH_MAILBOX: FailureReason.UNDELIVERABLE,
            WRONG_PASSWORD: FailureReason.CREDENTIALS,
        }
        return known.get(code or 0, FailureReason.OTHER)


def register_mail() -> None:
    """Where the parts meet."""
    register(Mail())


def letter(wrote: str, text: str, id_: str, to: str, at: datetime) -> bytes:
    """A letter as it comes in."""
    told = {"from": wrote, "to": to, "text": text, "id": id_, "at": at.timestamp()}
    return json.dumps(told).encode()


def bounce(about: str, to: str, status: str, code: int | None = None) -> bytes:
    """What became of a letter of ours."""
    return json.dumps({"about": about, "to": to, "status": status, "code": code}).encode()


def _message(mail: Mail, told: dict[str, Any]) -> InboundMessage:
    return InboundMessage(
        endpoint=told["to"],
        provider_id=told["id"],
        contact=mail.contact(told["from"]),
        kind=MessageKind.TEXT,
        sent_at=datetime.fromtimestamp(told["at"], UTC),
        text=told["text"],
    )


def _status(told: dict[str, Any]) -> InboundStatus:
    return InboundStatus(
        endpoint=told["to"],
        provider_id=told["about"],
        status=DeliveryStatus(told["status"]),
        failure=_failure(told["code"]) if told["code"] else None,
    )


def _control(facts: Facts) -> tuple[Control, Reason]:
    if not facts.connected:
        return Control.CONNECT_ACCOUNT, Reason.NOT_CONNECTED
    if facts.credentials_refused:
        return Control.RECONNECT_ACCOUNT, Reason.CREDENTIALS_REFUSED
    return Control.COMPOSER, Reason.NO_WINDOW


def _result(answer: dict[str, Any]) -> DeliveryResult:
    code = answer.get("code")
    if code is None:
        return Sent(provider_id=answer["id"])
    if code == WRONG_PASSWORD:
        return CredentialsRefused(_failure(code))
    if code < 500:
        return _later("The relay is busy.", code)
    return Refused(_failure(code))


def _later(words: str, code: int | None) -> RetryAt:
    failure = Failure(remedy=Remedy.RETRY, code=code, words=words)
    return RetryAt(pause=timedelta(seconds=30), failure=failure)


def _failure(code: int) -> Failure:
    remedies = {
        MAILBOX_FULL: Remedy.RETRY_LATER,
        NO_SUCH_MAILBOX: Remedy.UNDELIVERABLE,
        WRONG_PASSWORD: Remedy.RECONNECT,
    }
    return Failure(remedy=remedies.get(code, Remedy.INVALID), code=code, words=f"Mail says {code}.")
