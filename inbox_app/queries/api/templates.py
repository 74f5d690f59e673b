"""Templates as the HTTP API shows them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.templates.languages import bcp47
from inbox_app.domain.templates import TemplateState
from inbox_app.models import Template
from inbox_app.queries.api.pages import cut
from inbox_app.queries.templates import templates as rows


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


async def templates(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None
) -> tuple[list[TemplateOut], int | None]:
    """A page of those that Meta has, and where the next begins."""
    found = await rows.in_order(session, account_id, limit=limit + 1, after=after or 0)
    page, more = cut(found, limit)
    return [_out(row) for row in page], more


async def template(session: AsyncSession, account_id: int, template_id: int) -> TemplateOut | None:
    """None when this account has none such."""
    found = await rows.visible(session, account_id, template_id)
    return found and _out(found)


def _out(row: Template) -> TemplateOut:
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
