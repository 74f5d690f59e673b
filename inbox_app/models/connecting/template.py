"""WhatsApp templates: what Meta tells of them, and what was made of it here."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.domain.templates import TemplateState
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


class Template(Table, table=True):
    """One language of a template: Meta's identity of it is the name and the language.

    ``state`` and ``incompatibilities`` follow from ``meta_status``, ``category`` and ``components``
    (``channels.whatsapp.templates.state``): written together with them, never apart.
    """

    __table_args__ = (
        UniqueConstraint("account_id", "waba_id", "name", "language"),
        Index("template_list", "account_id", "hidden_at", "state", "internal_name", "id"),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    waba_id: str
    provider_id: str | None = Field(default=None, index=True)
    """Meta's id of this language."""
    name: str
    """Meta's: lower case, digits, underscores."""
    internal_name: str
    """As it was typed here; Meta's name for what was made in Meta's own tools."""
    language: str
    """Meta's code, with an underscore: it, en_US."""
    category: str
    """In lower case; one we do not know stays as Meta writes it."""
    previous_category: str | None = None
    """What it was before Meta changed it."""
    components: list[dict[str, Any]] = Field(default_factory=list, sa_type=_JSON)
    """Meta's, as they came."""
    header: str | None = None
    body: str
    footer: str | None = None
    meta_status: str
    """In Meta's words, in upper case."""
    meta_reason: str | None = None
    """Why Meta refused, paused or disabled it: her code, or her words where she gave no code."""
    meta_advice: str | None = None
    """What Meta recommends, in her words."""
    quality: str | None = None
    state: TemplateState = text_enum(TemplateState)
    incompatibilities: list[str] = Field(default_factory=list, sa_type=_JSON)
    created_by: int | None = maybe_reference("user.id", index=False)
    created_at: datetime = instant()
    updated_at: datetime = instant()
    """When something of it last changed, here or at Meta."""
    told_at: datetime | None = maybe_instant()
    """Meta's time of the last webhook about it: an earlier one that comes later says nothing."""
    hidden_at: datetime | None = maybe_instant()
    """Meta no longer returns it; kept for the messages that were made from it."""
