"""What goes out by a channel, and what became of it, as plain values that are the same for all."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from inbox_app.channels.inbound import Contact
from inbox_app.domain.delivery.failures import Failure
from inbox_app.domain.messages import MessageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFile:
    """The file of a job; its bytes are asked for by their hash."""

    content_type: str
    filename: str
    size: int
    sha256: str
    uploaded_as: str | None = None
    """The channel's id of it, where it has it from an earlier try."""


ReadFile = Callable[[str], AsyncIterator[bytes]]
"""The bytes by their hash, as they come. Raises ``OSError``, or ``LookupError`` when they are
gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One message to deliver, with all that it needs: no database is open meanwhile."""

    outbox_id: int
    message_id: int
    account_id: int
    conversation_id: int
    connection_id: int
    channel: str
    endpoint: str
    credentials_encrypted: str = field(repr=False)
    address: str | None = field(repr=False)
    external_id: str | None = field(repr=False)
    kind: MessageKind
    text: str = field(repr=False)
    content: Any = None
    """What the channel's own services prepared to be sent in the text's place."""
    file: JobFile | None = None
    """What goes out with the text as its caption."""
    ref: str
    attempt: int
    """From 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The channel took it; whether it arrives is for the statuses to say."""

    provider_id: str
    contact: Contact | None = None
    """How the channel names them: possibly another spelling than the one we wrote to."""
    dialled: str | None = None
    """The address that took it, where that was not the one of the job: the next goes there."""
    uploaded_as: str | None = None
    """The channel's id of the job's file: another try need not upload it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryAt:
    """It has surely not left; it may after ``pause``."""

    pause: timedelta
    failure: Failure
    rest: timedelta | None = None
    """How long the whole connection sends nothing because of this."""
    uploaded_as: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel refused it, and would again."""

    failure: Failure
    uploaded_as: str | None = None


@dataclass(frozen=True, slots=True)
class CredentialsRefused:
    """The channel refused the credentials, not the message: it has surely not left."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have left: nobody knows before a status says so."""

    uploaded_as: str | None = None


DeliveryResult = Sent | RetryAt | Refused | CredentialsRefused | Unknown


@dataclass(frozen=True, slots=True)
class Health:
    """How an end of ours fares at its channel. ``notes`` are sentences for an operator."""

    failure: Failure | None = None
    """Why nothing can be sent; RECONNECT or NOT_FOUND when the credentials are to blame."""
    notes: tuple[str, ...] = ()


class FileUnavailableError(Exception):
    """The channel does not give a file; ``failure`` says why, and whether later it might."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.remedy)
        self.failure = failure
