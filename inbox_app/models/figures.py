"""Sums for people to read, and what keeping them needs (X7).

They hold no word that was said and nobody's name: what is erased or forgotten leaves them as they
are.
"""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from inbox_app.domain.figures.measures import Measure, Scope
from inbox_app.models.base import (
    BigId,
    Table,
    account_reference,
    instant,
    maybe_instant,
    reference,
    text_enum,
)
from inbox_app.models.indexes import partial_index


class DailyFigure(Table, table=True):
    """How many of something there were on a day, at the account's local time."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it

    account_id: int = account_reference(primary_key=True, index=False)
    scope: Scope = text_enum(Scope, primary_key=True)
    day: date = Field(primary_key=True)
    subject_id: int = Field(primary_key=True, sa_type=BigId)
    """A user's or an accommodation's, by the scope; 0 and less: ``domain.figures.measures``."""
    measure: Measure = text_enum(Measure, primary_key=True)
    bucket: int = Field(primary_key=True)
    """An hour of the week, or how long an answer took; 0 where there are none."""
    week: date
    """Its Monday."""
    total: int


class WeeklyFigure(Table, table=True):
    """The sums of the days of a week: a year is read from a fraction of the rows."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it

    account_id: int = account_reference(primary_key=True, index=False)
    scope: Scope = text_enum(Scope, primary_key=True)
    week: date = Field(primary_key=True)
    """Its Monday."""
    subject_id: int = Field(primary_key=True, sa_type=BigId)
    measure: Measure = text_enum(Measure, primary_key=True)
    bucket: int = Field(primary_key=True)
    total: int


class OpenWait(Table, table=True):
    """Somebody waits for an answer there, as far as messages are counted
    (``domain.figures.waits``)."""

    __table_args__ = (
        Index("open_wait_asked", "account_id", "asked_at", "conversation_id"),
        partial_index("open_wait_closes", "lost = 0", "closes_at", on_postgresql="NOT lost"),
    )

    conversation_id: int = reference("conversation.id", primary_key=True, index=False)
    account_id: int = account_reference(index=False)
    began_id: int = Field(sa_type=BigId)
    asked_at: datetime = instant()
    home: int = Field(sa_type=BigId)
    closes_at: datetime | None = maybe_instant()
    lost: bool = False


class FiguresMark(Table, table=True):
    """How far messages are counted: the one row of the installation."""

    id: int = Field(primary_key=True, default=1)
    counted_up_to: int = Field(default=0, sa_type=BigId)
    """The id of a message: none up to it is ever counted again."""
    seen_up_to: int = Field(default=0, sa_type=BigId)
    """The newest when one last looked: what is newer waits for the next look."""
    seen_at: datetime | None = maybe_instant()
    """When that was, by the clock of messages."""
    looked_at: datetime | None = maybe_instant()
    """The same, in real time."""
    writers: str = ""
    """The transactions in which messages were being written then, as PostgreSQL calls them: which
    ids they have is not known before they end."""
    compared_up_to: int = Field(default=0, sa_type=BigId)
    """The conversation up to which waits were last compared with what the inbox shows."""
