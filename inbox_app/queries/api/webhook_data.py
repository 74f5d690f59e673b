"""What webhooks tell of a thing: the fields that the HTTP API has of it (A3)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.ids import MessageName
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.queries.api.connections import ConnectionOut, connection
from inbox_app.queries.api.conversations import ConversationOut, conversation
from inbox_app.queries.api.message_out import MessageOut
from inbox_app.queries.api.messages import message
from inbox_app.queries.api.templates import TemplateOut, template

_Read = Callable[[AsyncSession, int, int, datetime], Awaitable[Any]]
_SHOWN: dict[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in (MessageOut, ConversationOut, TemplateOut, ConnectionOut)
}


async def data_of(
    session: AsyncSession, account_id: int, type_: WebhookEventType, id_: int, now: datetime
) -> dict[str, Any] | None:
    """As JSON has it; None when it is there no more."""
    if type_ is WebhookEventType.TEST:
        return {"endpoint_id": str(id_)}
    found = await _READ[type_](session, account_id, id_, now)
    return None if found is None else _SHOWN[type(found)].dump_python(found, mode="json")


async def _message(
    session: AsyncSession, account_id: int, id_: int, _now: datetime
) -> MessageOut | None:
    return await message(session, account_id, MessageName(id_))


async def _template(
    session: AsyncSession, account_id: int, id_: int, _now: datetime
) -> TemplateOut | None:
    return await template(session, account_id, id_)


async def _connection(
    session: AsyncSession, account_id: int, id_: int, _now: datetime
) -> ConnectionOut | None:
    return await connection(session, account_id, id_)


_READ: dict[WebhookEventType, _Read] = {
    WebhookEventType.MESSAGE_RECEIVED: _message,
    WebhookEventType.MESSAGE_UPDATED: _message,
    WebhookEventType.CONVERSATION_LINKED: conversation,
    WebhookEventType.WINDOW_CLOSING: conversation,
    WebhookEventType.TEMPLATE_UPDATED: _template,
    WebhookEventType.CONNECTION_UPDATED: _connection,
}
