"""Templates made and deleted here, once Meta has done her part."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.graph.templates import Created
from inbox_app.channels.whatsapp.templates.draft import TemplateDraft, meta_name, same_name
from inbox_app.models import AuditEntry, Template
from inbox_app.queries.templates.templates import visible
from inbox_app.services.bulk import insert_new
from inbox_app.services.templates.apply_templates import note_category, told


@dataclass(frozen=True, slots=True)
class Named:
    """A template that there is or was, by its names."""

    name: str
    internal_name: str
    language: str
    category: str


async def names(session: AsyncSession, account_id: int, waba_id: str) -> list[Named]:
    """Of all templates, hidden ones too: Meta keeps a deleted name taken for a month."""
    query = select(
        Template.name, Template.internal_name, Template.language, Template.category
    ).where(col(Template.account_id) == account_id, col(Template.waba_id) == waba_id)
    return [Named(*row) for row in (await session.exec(query)).all()]


def choose_name(draft: TemplateDraft, known: Collection[Named], refused: Collection[str]) -> str:
    """Meta's name: that of the same template in other languages, as long as she takes it; else a
    new one. ``refused`` are taken though we know nothing of them."""
    taken = {(one.name, one.language) for one in known}
    for one in known:
        same = same_name(one.internal_name, draft.internal_name)
        free = (one.name, draft.language) not in taken and one.name not in refused
        if same and free and one.category == draft.category:
            return one.name
    return meta_name(draft.internal_name, {one.name for one in known} | set(refused))


async def record_created(
    session: AsyncSession,
    *,
    account_id: int,
    waba_id: str,
    user_id: int | None,
    draft: TemplateDraft,
    name: str,
    created: Created,
    now: datetime,
) -> Template:
    """The template, as Meta took it; a reading of the list may have written it a moment ago."""
    components = [{"type": "BODY", "text": draft.body}]
    columns = told(created.status, created.category or draft.category, components)
    template = await _row(session, account_id, waba_id, name, draft, columns, now)
    template.provider_id = created.provider_id
    template.internal_name = draft.internal_name
    template.created_by = user_id
    template.hidden_at = template.meta_reason = template.meta_advice = None
    template.updated_at = now
    for column, value in columns.items():
        setattr(template, column, value)
    changed = template.category != draft.category
    template.previous_category = draft.category if changed else None
    session.add(template)
    _note(session, template, "template.created", user_id, now)
    if changed:
        note_category(session, account_id, template.id, draft.category, template.category, now)
    return template


async def record_deleted(
    session: AsyncSession, account_id: int, template_id: int, user_id: int | None, now: datetime
) -> None:
    """Gone from the lists; the messages made from it keep their template."""
    template = await visible(session, account_id, template_id)
    if template is None:
        return
    template.hidden_at = template.updated_at = now
    session.add(template)
    _note(session, template, "template.deleted", user_id, now)


async def _row(
    session: AsyncSession,
    account_id: int,
    waba_id: str,
    name: str,
    draft: TemplateDraft,
    columns: dict[str, Any],
    now: datetime,
) -> Template:
    """The row with this name and language, made where there is none."""
    key = {"waba_id": waba_id, "name": name, "language": draft.language}
    new = {"internal_name": draft.internal_name, "created_at": now, "updated_at": now, **columns}
    row = {"account_id": account_id, **key, **new}
    await insert_new(await session.connection(), Template, [row], col(Template.id))
    ours = select(Template).where(col(Template.account_id) == account_id).filter_by(**key)
    return (await session.exec(ours.with_for_update())).one()


def _note(
    session: AsyncSession, template: Template, what: str, user_id: int | None, now: datetime
) -> None:
    details = {"template": template.id, "name": template.name, "language": template.language}
    if user_id is None:
        details["by"] = "api"
    session.add(
        AuditEntry(
            account_id=template.account_id, at=now, user_id=user_id, what=what, details=details
        )
    )
