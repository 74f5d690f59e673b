"""What a kind of record has to know to be imported: a file each in ``kinds/`` (A3)."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.imports.fields import Field, LineRefusedError
from inbox_app.domain.imports.states import Outcome
from inbox_app.vault import Vault

Said = Mapping[str, Any]
"""What a line says, by field; what it says nothing of is not there, and stays as it is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """In which company, and when."""

    session: AsyncSession
    account_id: int
    country: str
    """Where its people's numbers are dialled without a prefix (ISO 3166)."""
    time_zone: str
    vault: Vault
    now: datetime


@dataclass(slots=True)
class Plan:
    """What a line would do."""

    outcome: Outcome
    fields: list[str] = field(default_factory=list[str])
    """Of a change, those that would be others."""
    record: Any = None
    """The row it is about; a new one is not in the session yet."""
    columns: dict[str, Any] = field(default_factory=dict[str, Any])
    """What would be written into it."""
    extra: Any = None
    """The kind's own: what hangs on the row."""


Planned = Plan | LineRefusedError


@dataclass(slots=True)
class TakenBack:
    """What undoing a line came to: all of it, or the fields that somebody has changed since."""

    kept: list[str] = field(default_factory=list[str])


class Kind(ABC):
    """One kind of record."""

    name: str
    fields: tuple[Field, ...]
    keys: tuple[str, ...]
    """Fields of which a table needs one: by the first that a line has it is known again."""
    needed: tuple[str, ...]
    """What a new record must say."""
    constants: tuple[str, ...] = ()
    """What may be said once for all lines."""
    holds_codes: bool = False
    """Whether a cell may hold what is encrypted at rest."""

    @abstractmethod
    def identity(self, said: Said) -> str:
        """What the line is about, as two lines about the same both say it; "" when no telling."""

    @abstractmethod
    async def plan(self, setting: Setting, lines: Sequence[Said]) -> list[Planned]:
        """What each line would do, in their order; nothing is written."""

    @abstractmethod
    async def write(self, setting: Setting, plans: Sequence[Plan]) -> list[dict[str, Any]]:
        """Do what new and changing lines plan; for each, what ``take_back`` needs, as JSON."""

    @abstractmethod
    async def take_back(
        self, setting: Setting, done: Sequence[Mapping[str, Any]]
    ) -> list[TakenBack]:
        """Undo lines, given the last first: what they made goes, what they changed is as it was,
        but for what somebody has changed since."""
