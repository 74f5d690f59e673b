"""What comes in by a channel, as plain values that are the same for all of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inbox_app.domain.delivery.charges import Charge
from inbox_app.domain.delivery.failures import Failure
from inbox_app.domain.messages import Amendment, DeliveryStatus, MessageKind

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
