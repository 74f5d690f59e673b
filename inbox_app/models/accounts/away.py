"""When an account answers, and what it says when it does not (S4)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from inbox_app.models.base import Table, account_reference, instant, maybe_reference

_JSON: Any = JSON(none_as_null=True)


class AwaySettings(Table, table=True):
    """``days`` are seven lists of spans in minutes, from Monday on; ``closed_days`` ISO dates."""

    account_id: int = account_reference(primary_key=True, index=False)
    answers: bool = False
    """Whether the automatic text goes out."""
    days: list[list[list[int]]] = Field(sa_type=_JSON)
    closed_days: list[str] = Field(sa_type=_JSON)
    text: str = ""
    """The company's own words in its own language, for a release that knows no ``texts``."""
    texts: dict[str, str] = Field(
        default_factory=dict, sa_type=_JSON, sa_column_kwargs={"server_default": "{}"}
    )
    """The company's own words by language; where there are none the product's."""
    on_call: list[int] = Field(
        default_factory=list, sa_type=_JSON, sa_column_kwargs={"server_default": "[]"}
    )
    """The ids of the people whom urgent words reach at any hour."""
    urgent_words: list[str] = Field(sa_type=_JSON)
    changed_at: datetime = instant()
    changed_by: int | None = maybe_reference("user.id", index=False)
