"""What the sender takes along to Meta."""

from dataclasses import dataclass, field

from inbox_app.models import Address, Connection, Message, Outbox, Template


@dataclass(frozen=True, slots=True)
class TemplateName:
    """Meta's name and code of a template."""

    name: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One message to take to Meta, with all that it needs: no database is open meanwhile."""

    outbox_id: int
    message_id: int
    account_id: int
    conversation_id: int
    connection_id: int
    phone_number_id: str
    token_encrypted: str = field(repr=False)
    wa_id: str | None = field(repr=False)
    user_id: str | None = field(repr=False)
    text: str = field(repr=False)
    template: TemplateName | None
    """To be sent in the text's place."""
    ref: str
    attempt: int
    """From 1."""


def job_of(
    outbox: Outbox,
    message: Message,
    connection: Connection,
    address: Address | None,
    template: Template | None,
) -> Job:
    return Job(
        outbox_id=outbox.id,
        message_id=message.id,
        account_id=outbox.account_id,
        conversation_id=outbox.conversation_id,
        connection_id=connection.id,
        phone_number_id=connection.phone_number_id,
        token_encrypted=connection.token_encrypted,
        wa_id=address and address.wa_id,
        user_id=address and address.user_id,
        text=message.text or "",
        template=template and TemplateName(template.name, template.language),
        ref=message.ref or "",
        attempt=outbox.attempts,
    )
