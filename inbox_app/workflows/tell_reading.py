"""Tells whoever wrote last that it was read, or that an answer is being typed, where the account
wants that (M12)."""

from typing import NamedTuple

from cryptography.fernet import InvalidToken
from sqlmodel import col, select

from inbox_app.channels.registry import channel_of
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Account, Connection, ConnectionState, Conversation, Message
from inbox_app.runtime import Runtime


async def tell_reading(
    runtime: Runtime, account_id: int, conversation_id: int, *, typing: bool = False
) -> None:
    """Nothing where nobody is to be told, or nothing can be."""
    last = await _last_of_theirs(runtime, account_id, conversation_id)
    if last is None:
        return
    try:
        credentials = runtime.vault.decrypt(last.credentials_encrypted)
    except InvalidToken:
        return
    await channel_of(last.channel).tell_read(
        runtime.http, credentials, last.endpoint, last.provider_id, typing=typing
    )


class _Last(NamedTuple):
    """What somebody wrote last, and by what it came."""

    channel: str
    endpoint: str
    credentials_encrypted: str
    provider_id: str


async def _last_of_theirs(runtime: Runtime, account_id: int, conversation_id: int) -> _Last | None:
    query = (
        select(
            col(Connection.channel),
            col(Connection.external_id),
            col(Connection.credentials_encrypted),
            col(Message.provider_id),
        )
        .join(Conversation, col(Conversation.id) == col(Message.conversation_id))
        .join(Connection, col(Connection.id) == col(Message.connection_id))
        .join(Account, col(Account.id) == col(Message.account_id))
        .where(
            col(Message.account_id) == account_id,
            col(Message.conversation_id) == conversation_id,
            col(Message.direction) == Direction.IN,
            col(Message.kind) != MessageKind.SYSTEM,
            col(Message.from_history).is_(False),
            col(Conversation.group_id).is_(None),
            col(Connection.state) == ConnectionState.ACTIVE,
            col(Account.tells_reading).is_(True),
        )
        .order_by(col(Message.sent_at).desc(), col(Message.id).desc())
        .limit(1)
    )
    async with runtime.database.reading() as session:
        found = (await session.exec(query)).first()
    if found is None:
        return None
    channel, endpoint, credentials, provider_id = found
    if provider_id is None:
        return None
    return _Last(channel, endpoint, credentials, provider_id)
