"""What a webhook about an account or a number amounts to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from inbox_app.channels.whatsapp.json_values import Json


class Severity(StrEnum):
    """How much a notice should trouble an admin."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be shown until it is over or put away. ``event`` is Meta's word."""

    event: str
    severity: Severity
    details: Json = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUpdate:
    """What one change amounts to."""

    number: str | None = None
    """Only this number is meant, as digits; else all of the business account."""
    now_is: Mapping[str, str] = field(default_factory=dict[str, str])
    """The connection's columns that are something else now."""
    refused: str | None = None
    """The credentials hold no more; Meta's word for it."""
    notice: Notice | None = None
    over: frozenset[str] = frozenset()
    """Events whose earlier notices are not true any more."""


NO_UPDATE = AccountUpdate()

Reader = Callable[[Json], AccountUpdate]


def given(details: Mapping[str, Any]) -> Json:
    """What of it was told."""
    return {name: value for name, value in details.items() if value}
