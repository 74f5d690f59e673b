"""Webhook events noted with the rows that they are of: whoever changes one of these through the ORM
cannot forget it. What is written set by set says so itself (``services.webhooks.note_events``)."""

from typing import Any

from sqlalchemy import Connection as DatabaseConnection
from sqlalchemy import String, event, exists, insert, inspect, literal, select
from sqlmodel import col

from inbox_app.domain.messages import Direction
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models.base import BigId
from inbox_app.models.connecting.connection import Connection
from inbox_app.models.connecting.template import Template
from inbox_app.models.conversations.conversation import Conversation
from inbox_app.models.conversations.message import Message
from inbox_app.models.webhooks.webhook import WebhookEndpoint, WebhookEvent


@event.listens_for(Message, "after_update")
def _message(_mapper: object, database: DatabaseConnection, row: Message) -> None:
    if row.direction is Direction.OUT and _changed(row, "status"):
        _note(database, row.account_id, WebhookEventType.MESSAGE_UPDATED, row.id)


@event.listens_for(Conversation, "after_update")
def _conversation(_mapper: object, database: DatabaseConnection, row: Conversation) -> None:
    if _changed(row, "actor_id"):
        _note(database, row.account_id, WebhookEventType.CONVERSATION_LINKED, row.id)


@event.listens_for(Template, "after_insert")
def _new_template(_mapper: object, database: DatabaseConnection, row: Template) -> None:
    _note(database, row.account_id, WebhookEventType.TEMPLATE_UPDATED, row.id)


@event.listens_for(Template, "after_update")
def _template(_mapper: object, database: DatabaseConnection, row: Template) -> None:
    if _changed(row, "meta_status", "category", "components", "state", "meta_reason"):
        _new_template(_mapper, database, row)


@event.listens_for(Connection, "after_insert")
def _new_connection(_mapper: object, database: DatabaseConnection, row: Connection) -> None:
    _note(database, row.account_id, WebhookEventType.CONNECTION_UPDATED, row.id)


@event.listens_for(Connection, "after_update")
def _connection(_mapper: object, database: DatabaseConnection, row: Connection) -> None:
    if _changed(row, "state", "display_address", "display_name"):
        _new_connection(_mapper, database, row)


def _changed(row: Any, *names: str) -> bool:
    attributes = inspect(row).attrs
    return any(attributes[name].history.has_changes() for name in names)


def _note(
    database: DatabaseConnection, account_id: int, type_: WebhookEventType, subject_id: int
) -> None:
    """One statement, which writes nothing where nobody listens."""
    values = (
        literal(account_id, BigId),
        literal(type_.value, String),
        literal(subject_id, BigId),
    )
    listens = exists().where(
        col(WebhookEndpoint.account_id) == account_id,
        col(WebhookEndpoint.switched_off_at).is_(None),
    )
    columns = [WebhookEvent.account_id, WebhookEvent.type, WebhookEvent.subject_id]
    database.execute(
        insert(WebhookEvent).from_select(columns, select(*values).where(listens))  # pyright: ignore[reportArgumentType]
    )
