"""How far an account has come in connecting its number; a retry goes on from there."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from inbox_app.models.base import (
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    text_enum,
)

_JSON: Any = JSON()


class SetupState(StrEnum):
    """Where connecting stands; only a running one is worked on, by the job that connects."""

    OPEN = "open"
    RUNNING = "running"
    FAILED = "failed"
    DONE = "done"


class SignupMethod(StrEnum):
    """The two ways in."""

    MANUAL = "manual"
    EMBEDDED = "embedded"


class ConnectionSetup(Table, table=True):
    """One of each account. It holds what the person gave and what Meta has answered so far."""

    id: int = key()
    account_id: int = account_reference(unique=True)
    has_profile: bool = False
    """Checked off by the person: there is a business profile on Meta."""
    has_number: bool = False
    """Checked off by the person: there is a number that can be verified."""
    contract_version: str | None = None
    """Of the text that was accepted, none while it was not."""
    contract_language: str | None = None
    contract_accepted_at: datetime | None = maybe_instant()
    contract_accepted_by: int | None = maybe_reference("user.id", index=False)
    method: SignupMethod = text_enum(SignupMethod, default=SignupMethod.MANUAL)
    phone_number_id: str = ""
    waba_id: str = ""
    code_encrypted: str = ""
    """Embedded Signup's, until it has been exchanged: it serves once."""
    code_received_at: datetime | None = maybe_instant()
    token_encrypted: str = ""
    pin_encrypted: str = ""
    """The number's two-step code, given by the person or made up for registering it."""
    state: SetupState = text_enum(SetupState, default=SetupState.OPEN)
    started_by: int | None = maybe_reference("user.id", index=False)
    """Who had it connected; nobody is an operator at the command line."""
    done: list[str] = Field(default_factory=list, sa_type=_JSON)
    """The steps that are behind it, by name."""
    found: dict[str, Any] = Field(default_factory=dict, sa_type=_JSON)
    """What Meta told on the way: the number's details, the numbers to choose from."""
    failed_step: str | None = None
    failure: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    """``problem`` (a word of ours), ``code`` and ``words`` (Meta's), ``sentence`` (all of it, for
    an operator)."""
    updated_at: datetime = instant()
