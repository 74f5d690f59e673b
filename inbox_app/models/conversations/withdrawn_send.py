"""Sends that were taken back: what comes with their reference afterwards is sent no more."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from inbox_app.models.base import Table, account_reference, instant, key


class WithdrawnSend(Table, table=True):
    """A ``client_ref`` that its author took back (M11). The page that sent it may not have heard of
    that, and sends it again."""

    __table_args__ = (UniqueConstraint("account_id", "client_ref"),)

    id: int = key()
    account_id: int = account_reference(index=False)
    client_ref: str
    withdrawn_at: datetime = instant()
