"""What Meta lists of templates is written down, page by page; what she lists no more is hidden
(T1, T5, T6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.graph.templates import ListedTemplate
from inbox_app.channels.whatsapp.templates.components import parts
from inbox_app.channels.whatsapp.templates.state import state_of
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import AuditEntry, Template, WhatsAppNumber
from inbox_app.services.bulk import insert_new, run_many, select_in
from inbox_app.services.templates.request_refresh import drop_request
from inbox_app.services.webhooks.note_events import note_of

_Stamp = tuple[datetime, datetime | None]
"""When a template last changed here, and at Meta."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """A reading of the whole list, from its beginning on."""

    account_id: int
    number_id: int
    waba_id: str
    wanted_since: datetime | None
    before: Mapping[int, _Stamp]
    """When each template had last changed. One that has changed since was written by somebody who
    knows more than the list, which Meta may have made up before."""
    visible: set[int]
    """Those that were shown: what of them is not listed will be hidden."""
    listed: int = 0


async def begin(session: AsyncSession, number: WhatsAppNumber) -> Reading:
    """Remember how things stand before Meta is asked."""
    query = select(
        col(Template.id),
        col(Template.updated_at),
        col(Template.told_at),
        col(Template.hidden_at),
    ).where(col(Template.account_id) == number.account_id)
    known = (await (await session.connection()).execute(query)).all()
    return Reading(
        account_id=number.account_id,
        number_id=number.id,
        waba_id=number.waba_id,
        wanted_since=number.templates_wanted_at,
        before={row.id: (row.updated_at, row.told_at) for row in known},
        visible={row.id for row in known if row.hidden_at is None},
    )


async def apply_page(
    session: AsyncSession, reading: Reading, page: Sequence[ListedTemplate], now: datetime
) -> bool:
    """Write a page down; returns whether it said anything new."""
    listed = {(one.name, one.language): one for one in page}
    reading.listed += len(listed)
    known = await _known(session, reading, {name for name, _ in listed})
    reading.visible -= {known[key].id for key in listed if key in known}
    new = [_row(reading, one, now) for key, one in listed.items() if key not in known]
    changed = [
        change
        for key, one in listed.items()
        if key in known and (change := _change(reading, known[key], one)) is not None
    ]
    connection = await session.connection()
    written = await insert_new(connection, Template, new, col(Template.id))
    await run_many(connection, _UPDATE, [_new_values(reading, change, now) for change in changed])
    told_of = [*(row.id for row in written), *(row.id for row, _ in changed)]
    await note_of(connection, WebhookEventType.TEMPLATE_UPDATED, reading.account_id, told_of)
    for row, values in changed:
        if row.category != (category := values["category"]):
            note_category(session, reading.account_id, row.id, row.category, category, now)
    return bool(new or changed)


async def finish(session: AsyncSession, reading: Reading, now: datetime) -> None:
    """The list was read to its end, having begun at ``now``."""
    connection = await session.connection()
    rows = [
        {"account": reading.account_id, "template": id, "at": now} for id in sorted(reading.visible)
    ]
    await run_many(connection, _HIDE, rows)
    number = await drop_request(
        session, reading.account_id, reading.number_id, reading.wanted_since
    )
    if number is not None:
        number.templates_read_at = now


def told(meta_status: str, category: str, components: list[dict[str, Any]]) -> dict[str, Any]:
    """The columns that follow from Meta's three; written together with them, always."""
    words = parts(components)
    state, reasons = state_of(meta_status, category, components)
    return {
        "meta_status": meta_status,
        "category": category,
        "components": components,
        "header": words.header,
        "body": words.body,
        "footer": words.footer,
        "state": state,
        "incompatibilities": [reason.value for reason in reasons],
    }


_Key = tuple[str, str]
"""Meta's identity of a template: its name and language."""


async def _known(session: AsyncSession, reading: Reading, names: set[str]) -> dict[_Key, Any]:
    query = select(
        col(Template.id),
        col(Template.name),
        col(Template.language),
        col(Template.told_at),
        *_COLUMNS.values(),
    ).where(
        col(Template.account_id) == reading.account_id, col(Template.waba_id) == reading.waba_id
    )
    rows = await select_in(await session.connection(), query, col(Template.name), names)
    return {(row.name, row.language): row for row in rows}


def _row(reading: Reading, one: ListedTemplate, now: datetime) -> dict[str, Any]:
    return {
        "account_id": reading.account_id,
        "waba_id": reading.waba_id,
        "name": one.name,
        "internal_name": one.name,
        "language": one.language,
        "provider_id": one.provider_id,
        "previous_category": one.previous_category,
        "meta_reason": one.reason,
        "quality": one.quality,
        "created_at": now,
        "updated_at": now,
        **told(one.status, one.category, one.components),
    }


_Change = tuple[Any, dict[str, Any]]
"""A row as it is, and the columns as they shall be."""


def _change(reading: Reading, row: Any, one: ListedTemplate) -> _Change | None:
    if reading.before.get(row.id) != (row.updated_at, row.told_at):
        return None
    reborn = None not in (one.provider_id, row.provider_id) and one.provider_id != row.provider_id
    same_status = row.meta_status == one.status and not reborn
    values = {
        "provider_id": one.provider_id or row.provider_id,
        "previous_category": _previous_category(row, one),
        "meta_reason": one.reason or (row.meta_reason if same_status else None),
        "meta_advice": row.meta_advice if same_status else None,
        "quality": one.quality or (None if reborn else row.quality),
        "hidden_at": None,
        **told(one.status, one.category, one.components),
    }
    same = all(getattr(row, name) == value for name, value in values.items())
    return None if same else (row, values)


def _new_values(reading: Reading, change: _Change, now: datetime) -> dict[str, Any]:
    row, values = change
    new = {f"new_{name}": value for name, value in values.items()}
    return {"account": reading.account_id, "template": row.id, "new_updated_at": now, **new}


def _previous_category(row: Any, one: ListedTemplate) -> str | None:
    if row.category != one.category:
        return row.category
    return one.previous_category or row.previous_category


def note_category(
    session: AsyncSession, account_id: int, template_id: int, before: str, after: str, now: datetime
) -> None:
    """Meta changed the category of a template: it costs otherwise now."""
    details = {"by": "meta", "template": template_id, "from": before, "to": after}
    what = "template.category_changed"
    session.add(AuditEntry(account_id=account_id, at=now, what=what, details=details))


_COLUMNS: dict[str, Any] = {
    name: getattr(Template, name)
    for name in (
        *("provider_id", "category", "previous_category", "components", "header", "body"),
        *("footer", "meta_status", "meta_reason", "meta_advice", "quality", "state"),
        *("incompatibilities", "hidden_at", "updated_at"),
    )
}
"""What a page may change."""

_UPDATE = (
    update(Template)
    .where(
        col(Template.account_id) == bindparam("account"), col(Template.id) == bindparam("template")
    )
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS})
)

_HIDE = (
    update(Template)
    .where(
        col(Template.account_id) == bindparam("account"),
        col(Template.id) == bindparam("template"),
        col(Template.hidden_at).is_(None),
    )
    .values(hidden_at=bindparam("at"), updated_at=bindparam("at"))
)
