"""Notifications noted with the row that they are of: whoever has a connection refused through the
ORM cannot forget it. What is written set by set says so itself (``services.notifications``)."""

from collections.abc import Collection

from sqlalchemy import (
    Boolean,
    Insert,
    String,
    Update,
    event,
    exists,
    insert,
    inspect,
    literal,
    select,
    update,
)
from sqlalchemy import Connection as DatabaseConnection
from sqlmodel import col

from inbox_app.domain.notifications import UNTIL_ANSWERED, NotificationKind
from inbox_app.models.base import BigId
from inbox_app.models.connecting.connection import Connection, ConnectionState
from inbox_app.models.conversations.conversation import Conversation
from inbox_app.models.notifications.notification import Notification, NotifiedDevice


@event.listens_for(Connection, "after_update")
def _connection(_mapper: object, database: DatabaseConnection, row: Connection) -> None:
    if not inspect(row).attrs["state"].history.has_changes():
        return
    database.execute(_over(row.account_id))
    if row.state is ConnectionState.CREDENTIALS_REFUSED:
        database.execute(_noted(row.account_id))


@event.listens_for(Conversation, "after_update")
def _conversation(_mapper: object, database: DatabaseConnection, row: Conversation) -> None:
    waited = inspect(row).attrs["waiting_since"].history.deleted
    if row.waiting_since is None and any(waited):
        database.execute(over_when_answered([row.account_id], [row.id]))


def over_when_answered(account_ids: Collection[int], conversation_ids: Collection[int]) -> Update:
    """Of conversations locked by whoever answers: from the screens of all who were told, too."""
    asking = (
        col(Notification.account_id).in_(account_ids),
        col(Notification.conversation_id).in_(conversation_ids),
        col(Notification.kind).in_(UNTIL_ANSWERED),
        ~col(Notification.settled),
    )
    return update(Notification).where(*asking).values(settled=True)


def _over(account_id: int) -> Update:
    """Whatever became of it, what was told before is news no more."""
    before = (
        col(Notification.account_id) == account_id,
        col(Notification.kind) == NotificationKind.CONNECTION,
        ~col(Notification.settled),
    )
    return update(Notification).where(*before).values(settled=True)


def _noted(account_id: int) -> Insert:
    """Writes nothing where nobody listens."""
    kind = NotificationKind.CONNECTION.value
    values = literal(account_id, BigId), literal(kind, String), literal(False, Boolean)
    listens = exists().where(col(NotifiedDevice.account_id) == account_id)
    columns = [Notification.account_id, Notification.kind, Notification.settled]
    return insert(Notification).from_select(columns, select(*values).where(listens))  # pyright: ignore[reportArgumentType]
