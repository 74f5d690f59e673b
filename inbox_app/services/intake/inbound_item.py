"""A message on its way into its conversation."""

from dataclasses import dataclass
from datetime import datetime

from inbox_app.channels.inbound import InboundMessage
from inbox_app.domain.messages import MessageKind
from inbox_app.services.intake.find_conversation import Partner
from inbox_app.services.intake.status_updates import ProviderKey


@dataclass(slots=True, kw_only=True)
class InboundItem:
    """One message that an event brought; ``partner`` and ``conversation_id`` are found later."""

    event_id: int
    account_id: int
    connection_id: int
    channel: str
    message: InboundMessage
    received_at: datetime
    partner: Partner | None = None
    conversation_id: int = 0

    @property
    def key(self) -> ProviderKey:
        """Under which the channel knows it."""
        return self.connection_id, self.message.provider_id

    @property
    def asks_for_attention(self) -> bool:
        """Whether somebody wrote now: not we, and not the channel itself."""
        said = self.message
        return not said.by_us and not said.old and said.kind is not MessageKind.SYSTEM
