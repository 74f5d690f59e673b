"""What the outbox worker takes along of a message."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from inbox_app.channels.outbound import Job, JobFile
from inbox_app.models import Address, Connection, Conversation, Message, Outbox
from inbox_app.services.channel_services import QueuedSend


def select_sends() -> Select[Outbox, Message, Connection, Address]:
    """What stands in the outbox, each as a ``QueuedSend``."""
    return (
        select(Outbox, Message, Connection, Address)
        .join(Message, col(Message.id) == col(Outbox.message_id))
        .join(Connection, col(Connection.id) == col(Outbox.connection_id))
        .join(Conversation, col(Conversation.id) == col(Outbox.conversation_id))
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
    )


def job_of(send: QueuedSend, content: Any, file: JobFile | None = None) -> Job:
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
        file=file,
        ref=message.ref or "",
        attempt=outbox.attempts,
    )
