"""What a channel is: the neutral values that go in and out of one, and what it has to do (X4).

Services, queries and pages know this file and no channel by name, but for the rooms that are one
channel's own. Where the parts meet, each channel is registered (``channels.registry``).
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx

from inbox_app.domain.charges import Charge
from inbox_app.domain.failures import Failure, FailureReason
from inbox_app.domain.messages import Amendment, DeliveryStatus, MessageKind
from inbox_app.domain.outgoing_files import FileLimits
from inbox_app.domain.pair_rate_limit import PairRate
from inbox_app.domain.sending import Decision, Facts

PHONE = "phone"
"""The kind of an alias that is a phone number, as ``phones.canonical`` spells it: it links its
owner to the actor who has that number."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One id of somebody on a channel; ``kind`` is the channel's word for that sort of id."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody on the other side, as an event names them: by an address, an id, or both.

    ``address`` is what people read and answers go to, spelled exactly as it came; ``external_id``
    what the channel calls them, where it does. Each comes with the alias by which it is found
    again. Where the aliases of one event belong to two people, the address decides.
    """

    address: str | None = None
    address_alias: Alias | None = None
    external_id: str | None = None
    external_alias: Alias | None = None
    other_aliases: tuple[Alias, ...] = ()
    username: str | None = None
    profile_name: str | None = None
    """Chosen by themselves: for display only."""

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """In the order in which they are looked up."""
        given = (self.external_alias, *self.other_aliases, self.address_alias)
        return tuple(alias for alias in given if alias is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactChange:
    """The same person under new ids."""

    before: Contact
    after: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundFile:
    """A file that waits at the channel's; names and types are what the sender claimed."""

    provider_id: str
    mime_type: str = ""
    filename: str | None = None
    sha256: str | None = None
    voice: bool = False
    animated: bool = False
    lost: bool = False
    """The channel itself could not deliver it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMessage:
    """One message of an event, theirs or (``by_us``) one that was written outside this inbox."""

    endpoint: str | None
    """Which end of ours it is about: ``Connection.external_id``."""
    provider_id: str
    contact: Contact
    """The side that is not the company."""
    kind: MessageKind
    sent_at: datetime | None
    """By the channel's clock; none when it did not say."""
    by_us: bool = False
    text: str | None = None
    file: InboundFile | None = None
    details: Mapping[str, Any] | None = None
    """What the kind carries beside text, ready for JSON."""
    reply_to: str | None = None
    concerns: str | None = None
    """The provider id of the message that a reaction, an edit or a deletion is about."""
    amends: Amendment | None = None
    awaits_file: bool = False
    """Stands in the place of a file that comes later, under the same id."""
    old: bool = False
    """From before the connection: it asks for nobody's attention."""
    status: DeliveryStatus | None = None
    """How far one of ours got, where that is told."""
    unsupported_type: str | None = None
    group_id: str | None = None
    participant: str | None = None
    """Who wrote, in a group."""
    change: ContactChange | None = None
    opens_window: bool = True
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundStatus:
    """What became of a message of ours."""

    endpoint: str | None
    provider_id: str
    status: DeliveryStatus | None
    """None when it is none that we know."""
    at: datetime | None = None
    ref: str | None = None
    """Ours, sent along with the message."""
    failure: Failure | None = None
    charge: Charge | None = None


@dataclass(slots=True, kw_only=True)
class ParsedEvent:
    """All that one raw event says, each list in the order of the event."""

    problem: str | None = None
    """Why nothing at all could be read."""
    broken: tuple[str, ...] = ()
    """Each thing that could not be read, in a few words that quote nobody."""
    messages: Sequence[InboundMessage] = ()
    statuses: Sequence[InboundStatus] = ()
    notices: Sequence[Any] = ()
    """What the channel says beside messages and statuses, for its own services."""
    account_errors: int = 0
    """How many errors it told outside any message: such an event is never a duplicate."""
    contents: Counter[str] = field(default_factory=Counter[str])
    """What was in it, by sort, for counting."""


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


class Channel(Protocol):
    """One way in which people write, as its rules and its wire have it: it sees no database."""

    @property
    def key(self) -> str:
        """What the tables call it."""
        ...

    @property
    def name(self) -> str:
        """What people call it: a brand's name, the same in every language."""
        ...

    @property
    def icon(self) -> str:
        """What stands for its name where there is no room for it: a picture of /icons.svg."""
        ...

    @property
    def reply_window(self) -> timedelta | None:
        """How long after somebody's last message free text may be sent; None: always."""
        ...

    @property
    def formats(self) -> frozenset[MessageKind]:
        """What can be sent by it."""
        ...

    @property
    def file_limits(self) -> FileLimits:
        """What it takes of the files among these."""
        ...

    @property
    def keeps_uploads_for(self) -> timedelta:
        """How long a file that was uploaded for one message can be sent again by its id."""
        ...

    @property
    def writes_to_phones(self) -> bool:
        """Whether a phone number is an address that one can begin to write to."""
        ...

    @property
    def keeps_files_for(self) -> timedelta:
        """How long a file that came in can be fetched."""
        ...

    @property
    def can_block(self) -> bool:
        """Whether somebody can be kept from writing."""
        ...

    @property
    def pair_rate(self) -> PairRate | None:
        """How fast one person may be written to; None: as fast as one likes."""
        ...

    def read(self, body: bytes) -> ParsedEvent:
        """Take a raw event apart. Whatever it is, nothing is raised."""
        ...

    def contact(self, address: str) -> Contact:
        """Whom an address means that a person typed or an actor has (E.164 for phones)."""
        ...

    def decide(self, facts: Facts) -> Decision:
        """Which control stands at the foot of a conversation now, and why."""
        ...

    async def deliver(
        self, http: httpx.AsyncClient, credentials: str, job: Job, read_file: ReadFile
    ) -> DeliveryResult:
        """Take one message there. Raises nothing that is known to happen."""
        ...

    def fetch_file(
        self, http: httpx.AsyncClient, credentials: str, provider_id: str
    ) -> AsyncIterator[bytes]:
        """The bytes of an inbound file, as they come. Raises ``FileUnavailableError``."""
        ...

    async def tell_read(
        self,
        http: httpx.AsyncClient,
        credentials: str,
        endpoint: str,
        provider_id: str,
        *,
        typing: bool,
    ) -> None:
        """Let whoever wrote this know that it was read, or that an answer is being typed. Raises
        nothing that is known to happen."""
        ...

    async def health(self, http: httpx.AsyncClient, credentials: str, endpoint: str) -> Health:
        """How that end of ours fares now. Raises nothing that is known to happen."""
        ...

    def form_to_ask_for(self, unsupported_type: str) -> MessageKind | None:
        """The kind in which somebody may be asked to send again what cannot be shown; None: that
        is not to be asked."""
        ...

    def failure_reason(self, code: int | None) -> FailureReason:
        """What people are told of a failure."""
        ...
