"""What a channel is and has to do (X4).

Services, queries and pages know this and the values of ``inbound`` and ``outbound``, and no
channel by name, but for the rooms that are one channel's own.
Where the parts meet, each channel is registered (``channels.registry``).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Protocol

import httpx

from inbox_app.channels.inbound import Contact, ParsedEvent
from inbox_app.channels.outbound import DeliveryResult, Health, Job, ReadFile
from inbox_app.domain.delivery.failures import FailureReason
from inbox_app.domain.delivery.pair_rate_limit import PairRate
from inbox_app.domain.files.outgoing_files import FileLimits
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.sending import Decision, Facts


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
    def counts_messages(self) -> bool:
        """Whether each message that is delivered costs, or uses up a free one."""
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
