"""Writing down what Meta told of a template, unless it is older than what is known (T5, T6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.channels.whatsapp.webhooks.template_changes import TemplateNews, template_news
from inbox_app.models import Template, WhatsAppNumber
from inbox_app.services.templates.apply_templates import note_category, told

MOST_LATE = timedelta(days=7)
"""For so long Meta delivers again. What claims to be older has a clock of its own."""


async def apply_template_change(
    session: AsyncSession, numbers: Sequence[WhatsAppNumber], change: AccountChange, at: datetime
) -> bool:
    """Whether it said anything new. A template that is not known, and news that only the list tells
    in full, have the list read anew."""
    news = template_news(change)
    said = [await _note(session, number, news, at) for number in numbers]
    return any(said)


async def _note(
    session: AsyncSession, number: WhatsAppNumber, news: TemplateNews, at: datetime
) -> bool:
    template = await _template(session, number, news)
    if template is None:
        number.templates_wanted_at = at
        return True
    values = _values(template, news)
    changed = {name: to for name, to in values.items() if getattr(template, name) != to}
    if changed and _is_late(at, template.told_at, number.templates_read_at):
        number.templates_wanted_at = at
        return False
    if news.look:
        number.templates_wanted_at = at
    if not changed:
        return news.look
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
    session: AsyncSession, number: WhatsAppNumber, news: TemplateNews
) -> Template | None:
    """By Meta's id of it: a name may have passed to another. By the name where no id was told."""
    named = (col(Template.name) == news.name) & (col(Template.language) == news.language)
    query = select(Template).where(
        col(Template.account_id) == number.account_id,
        col(Template.waba_id) == number.waba_id,
        named if news.provider_id is None else col(Template.provider_id) == news.provider_id,
    )
    return (await session.exec(query.with_for_update())).first()


def _values(template: Template, news: TemplateNews) -> dict[str, Any]:
    """The columns as they shall be."""
    status = news.status or template.meta_status
    category = news.category or template.category
    components = template.components if news.words is None else _changed(template, news)
    values = told(status, category, components)
    if news.status is not None or news.reason or news.advice:
        values |= {"meta_reason": news.reason, "meta_advice": news.advice}
    if news.quality is not None:
        values["quality"] = news.quality
    return values


def _changed(template: Template, news: TemplateNews) -> list[dict[str, Any]]:
    """Meta tells the texts that there are now; of a photo, say, she tells nothing."""
    texts = dict(news.words or {})
    kept = [
        component
        for component in template.components
        if str(component.get("type", "")).upper() not in {"BODY", "FOOTER", "BUTTONS", *texts}
        and component.get("format") != "TEXT"
    ]
    new = [{"type": kind, "text": text} for kind, text in texts.items()]
    buttons = [{"type": "BUTTONS", "buttons": [{"type": "UNKNOWN"}]}] if news.buttons else []
    return [*kept, *new, *buttons]


def _is_late(at: datetime, *known: datetime | None) -> bool:
    """Meta's times are whole seconds."""
    moments = [moment.replace(microsecond=0) for moment in known if moment is not None]
    return any(timedelta() < moment - at < MOST_LATE for moment in moments)
