"""What the outbox worker takes along."""

from typing import Any

from inbox_app.channels.base import Job
from inbox_app.services.channel_services import QueuedSend


def job_of(send: QueuedSend, content: Any) -> Job:
    """``content`` is what the channel's own services have for it."""
    outbox, message, connection, address = send
    return Job(
        outbox_id=outbox.id,
        message_id=message.id,
        account_id=outbox.account_id,
        conversation_id=outbox.conversation_id,
        connection_id=connection.id,
        channel=connection.channel,
        endpoint=connection.external_id,
        credentials_encrypted=connection.credentials_encrypted,
        address=address and address.value,
        external_id=address and address.external_id,
        kind=message.kind,
        text=message.text or "",
        content=content,
        ref=message.ref or "",
        attempt=outbox.attempts,
    )
