"""The holiday homes."""

from datetime import datetime

from sqlalchemy import Connection, UniqueConstraint, delete, event, insert, inspect
from sqlmodel import Field, col

from inbox_app.domain.people import search_terms
from inbox_app.models.base import (
    CodePoints,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    reference,
)


class Accommodation(Table, table=True):
    """``timezone`` is an IANA name: check-in is at the home's time. What guests are told of a home
    are fields of saved replies (S3)."""

    __table_args__ = (UniqueConstraint("account_id", "external_id"),)

    id: int = key()
    account_id: int = account_reference()
    external_id: str | None = None
    name: str
    address: str | None = None
    timezone: str
    country: str | None = None
    check_in_time: str | None = None
    """Local, «16:00»."""
    check_out_time: str | None = None
    check_in_instructions: str | None = None
    door_code_encrypted: str | None = None
    """Fernet, see ``vault``."""
    wifi_name: str | None = None
    wifi_password_encrypted: str | None = None
    parking: str | None = None
    house_rules: str | None = None
    archived_at: datetime | None = maybe_instant()
    created_at: datetime = instant()


class AccommodationTerm(Table, table=True):
    """What a home is found by, as ``search_terms.terms`` has it of its name: kept with the row by
    whoever writes it."""

    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it

    account_id: int = account_reference(primary_key=True, index=False)
    term: str = Field(primary_key=True, sa_type=CodePoints)
    accommodation_id: int = reference("accommodation.id", primary_key=True)


@event.listens_for(Accommodation, "after_insert")
def _add_terms(_mapper: object, connection: Connection, home: Accommodation) -> None:
    of = {"account_id": home.account_id, "accommodation_id": home.id}
    terms = sorted(search_terms.terms(home.name, None, ()))
    if terms:
        connection.execute(insert(AccommodationTerm), [of | {"term": term} for term in terms])


@event.listens_for(Accommodation, "after_update")
def _replace_terms(_mapper: object, connection: Connection, home: Accommodation) -> None:
    if not inspect(home).attrs.name.history.has_changes():  # pyright: ignore[reportUnknownMemberType]
        return
    connection.execute(
        delete(AccommodationTerm).where(
            col(AccommodationTerm.account_id) == home.account_id,
            col(AccommodationTerm.accommodation_id) == home.id,
        )
    )
    _add_terms(_mapper, connection, home)
