"""Notifications noted with the row that they are of: whoever has a connection refused through the
ORM cannot forget it. What is written set by set says so itself (``services.notifications``)."""

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

from inbox_app.domain.notifications import NotificationKind
from inbox_app.models.base import BigId
from inbox_app.models.connecting.connection import Connection, ConnectionState
from inbox_app.models.notifications.notification import Notification, NotifiedDevice


@event.listens_for(Connection, "after_update")
def _connection(_mapper: object, database: DatabaseConnection, row: Connection) -> None:
    if not inspect(row).attrs["state"].history.has_changes():
        return
    database.execute(_over(row.account_id))
    if row.state is ConnectionState.CREDENTIALS_REFUSED:
        database.execute(_noted(row.account_id))


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
