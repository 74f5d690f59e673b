"""Writing down what Meta told of a template, unless it is older than what is known (T5, T6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.channels.whatsapp.webhooks.template_changes import (
    TemplateUpdate,
    read_template_update,
)
from inbox_app.models import Template, WhatsAppNumber
from inbox_app.services.templates.apply_templates import note_category, told

MAX_LATE = timedelta(days=7)
"""For so long Meta delivers again. What claims to be older has a clock of its own."""


async def apply_template_change(
    session: AsyncSession, numbers: Sequence[WhatsAppNumber], change: AccountChange, at: datetime
) -> bool:
    """Whether it said anything new. A template that is not known, and a change that only the list
    tells in full, have the list read anew."""
    update = read_template_update(change)
    said = [await _note(session, number, update, at) for number in numbers]
    return any(said)


async def _note(
    session: AsyncSession, number: WhatsAppNumber, update: TemplateUpdate, at: datetime
) -> bool:
    template = await _template(session, number, update)
    if template is None:
        number.templates_wanted_at = at
        return True
    values = _values(template, update)
    changed = {name: to for name, to in values.items() if getattr(template, name) != to}
    if changed and _is_late(at, template.told_at, number.templates_read_at):
        number.templates_wanted_at = at
        return False
    if update.needs_refresh:
        number.templates_wanted_at = at
    if not changed:
        return update.needs_refresh
    before = template.category
    for name, value in changed.items():
        setattr(template, name, value)
    template.updated_at, template.told_at = max(at, template.updated_at), at
    if template.category != before:
        template.previous_category = before
        note_category(session, template.account_id, template.id, before, template.category, at)
    if template.meta_status == "DELETED":
        template.hidden_at = template.hidden_at or at
    return True


async def _template(
    session: AsyncSession, number: WhatsAppNumber, update: TemplateUpdate
) -> Template | None:
    """By Meta's id of it: a name may have passed to another. By the name where no id was told."""
    named = (col(Template.name) == update.name) & (col(Template.language) == update.language)
    query = select(Template).where(
        col(Template.account_id) == number.account_id,
        col(Template.waba_id) == number.waba_id,
        named if update.provider_id is None else col(Template.provider_id) == update.provider_id,
    )
    return (await session.exec(query.with_for_update())).first()


def _values(template: Template, update: TemplateUpdate) -> dict[str, Any]:
    """The columns as they shall be."""
    status = update.status or template.meta_status
    category = update.category or template.category
    components = template.components if update.words is None else _changed(template, update)
    values = told(status, category, components)
    if update.status is not None or update.reason or update.advice:
        values |= {"meta_reason": update.reason, "meta_advice": update.advice}
    if update.quality is not None:
        values["quality"] = update.quality
    return values


def _changed(template: Template, update: TemplateUpdate) -> list[dict[str, Any]]:
    """Meta tells the texts that there are now; of a photo, say, she tells nothing."""
    texts = dict(update.words or {})
    kept = [
        component
        for component in template.components
        if str(component.get("type", "")).upper() not in {"BODY", "FOOTER", "BUTTONS", *texts}
        and component.get("format") != "TEXT"
    ]
    new = [{"type": kind, "text": text} for kind, text in texts.items()]
    buttons = [{"type": "BUTTONS", "buttons": [{"type": "UNKNOWN"}]}] if update.buttons else []
    return [*kept, *new, *buttons]


def _is_late(at: datetime, *known: datetime | None) -> bool:
    """Meta's times are whole seconds."""
    moments = [moment.replace(microsecond=0) for moment in known if moment is not None]
    return any(timedelta() < moment - at < MAX_LATE for moment in moments)
