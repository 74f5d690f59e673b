"""Column types and the columns every table shares."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Integer, String, TypeDecorator
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

BigId = BigInteger().with_variant(Integer, "sqlite")
"""64-bit key; SQLite numbers rows by itself only in an INTEGER column."""

CodePoints = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared sign by sign, so that what begins with a word stands in one run."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, in UTC. SQLite forgets the zone of what it stores: here it is put back.

    Raises ``ValueError`` for a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(SQLModel):
    """What all tables share: the name, which is the class's in snake case."""

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


EnumT = TypeVar("EnumT", bound=StrEnum)


class TextEnum(TypeDecorator[EnumT]):
    """A ``StrEnum`` stored by value, as text: a new member needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, enum: type[EnumT]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: EnumT | str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> EnumT | None:
        return None if value is None else self.enum(value)


def key() -> Any:
    """The primary key, given by the database."""
    return Field(default=None, primary_key=True, sa_type=BigId)


def instant(**column: Any) -> Any:
    """An instant that must be given."""
    return Field(sa_type=UtcDateTime, **column)


def maybe_instant(**column: Any) -> Any:
    """An instant that may be missing."""
    return Field(default=None, nullable=True, sa_type=UtcDateTime, **column)


def text_enum(enum: type[StrEnum], **column: Any) -> Any:
    """A column holding a member of ``enum``."""
    return Field(sa_type=TextEnum(enum), **column)


def reference(target: str, *, ondelete: str = "CASCADE", **column: Any) -> Any:
    """A foreign key to ``target`` («table.column»), indexed unless told otherwise."""
    column.setdefault("index", True)
    return Field(sa_type=BigId, sa_column_args=[ForeignKey(target, ondelete=ondelete)], **column)


def maybe_reference(target: str, *, ondelete: str = "SET NULL", **column: Any) -> Any:
    """A foreign key that may be empty."""
    return reference(target, ondelete=ondelete, default=None, nullable=True, **column)


def account_reference(**column: Any) -> Any:
    """The company that a row belongs to: nothing crosses accounts."""
    return reference("account.id", **column)


def follows(name: str, made: Callable[[str], str]) -> Any:
    """Text made of another column of the row whenever that is written first; a class sees to it
    itself when that changes."""

    def value(context: Any) -> str:
        return made(context.get_current_parameters().get(name) or "")

    return Field(
        default=None, nullable=False, sa_type=CodePoints, sa_column_kwargs={"default": value}
    )
