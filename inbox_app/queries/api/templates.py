"""Templates as the HTTP API shows them."""

from dataclasses import dataclass
from datetime import datetime

from inbox_app.channels.whatsapp.templates.languages import bcp47
from inbox_app.domain.templates import TemplateState
from inbox_app.models import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateOut:
    """One language of a template; `name` is Meta's, the language a BCP 47 tag. `reasons` say why it
    cannot be sent from here, or Meta's why she refused or paused it."""

    id: str
    name: str
    internal_name: str
    language: str
    category: str
    body: str
    header: str | None
    footer: str | None
    state: TemplateState
    reasons: list[str]
    meta_status: str
    updated_at: datetime


def template_out(row: Template) -> TemplateOut:
    metas = [row.meta_reason] if row.meta_reason else []
    return TemplateOut(
        id=str(row.id),
        name=row.name,
        internal_name=row.internal_name,
        language=bcp47(row.language),
        category=row.category,
        body=row.body,
        header=row.header,
        footer=row.footer,
        state=row.state,
        reasons=row.incompatibilities or metas,
        meta_status=row.meta_status,
        updated_at=row.updated_at,
    )
