"""What a channel adds to the services: the part of it that needs the database.

A channel without tables of its own needs none of it: ``ChannelServices`` as it stands does for it.
Where the parts meet, those of each channel that has some are registered.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.delivery.failures import Failure
from inbox_app.domain.messages import Origin
from inbox_app.domain.sending import Decision
from inbox_app.models import Address, Connection, Conversation, Message, Outbox
from inbox_app.services.intake.event_result import EventToApply


class QueuedSend(NamedTuple):
    """A message in the outbox with what it leaves by and where it goes."""

    outbox: Outbox
    message: Message
    connection: Connection
    address: Address | None


@dataclass(slots=True)
class AppliedNotices:
    """What became of what a channel says beside messages and statuses."""

    accounts: set[int] = field(default_factory=set[int])
    """Those of which something was told."""
    news: Counter[int] = field(default_factory=Counter[int])
    """How many were new, by event; what cannot tell, or concerns nobody here, counts as such."""


class FallbackRefusedError(Exception):
    """What is to go in a text's place cannot; its cause is the channel's own refusal, none where
    the channel has no such thing."""


class ChannelServices:
    """What every channel does with its notices, and before and after a send: nothing."""

    async def apply_notices(
        self, session: AsyncSession, events: Sequence[EventToApply]
    ) -> AppliedNotices:
        """Apply what events say beside messages and statuses, in their order."""
        news = Counter({event.id: len(event.event.notices) for event in events})
        return AppliedNotices(news=news)

    async def contents(
        self, session: AsyncSession, sends: Sequence[QueuedSend]
    ) -> Mapping[int, Any]:
        """What goes out in the text's place, by message id, for those where something does."""
        return {}

    def why_not(self, decision: Decision, send: QueuedSend, content: Any) -> Failure | None:
        """Why a message that is not free text may not leave any more; None when it may."""
        return None

    def why_no_text(self, decision: Decision) -> Failure | None:
        """Why free text may not leave any more, in the channel's own code and words; None: in
        those that all have."""
        return None

    async def require_fallback(
        self, session: AsyncSession, conversation: Conversation, fallback: str, decision: Decision
    ) -> None:
        """Raises ``FallbackRefusedError`` unless `fallback` could go out today."""
        raise FallbackRefusedError

    async def send_fallback(
        self,
        session: AsyncSession,
        *,
        account_id: int,
        conversation_id: int,
        fallback: str,
        author_id: int | None,
        origin: Origin,
        now: datetime,
    ) -> bool:
        """Whether what may always go out was queued in the place of a text that may not: `fallback`
        is the channel's own id of it."""
        return False

    async def react_to_failure(
        self,
        session: AsyncSession,
        account_id: int,
        conversation_id: int,
        failure: Failure,
        now: datetime,
    ) -> None:
        """What a failed send teaches beside the failure."""


_services: dict[str, ChannelServices] = {}
_NOTHING_OF_ITS_OWN = ChannelServices()


def register_services(channel: str, services: ChannelServices) -> None:
    """From now on they answer for the channel of this key."""
    _services[channel] = services


def services_of(channel: str) -> ChannelServices:
    """Those of the channel, or those that every channel has."""
    return _services.get(channel, _NOTHING_OF_ITS_OWN)
