"""Templates for tests: at Meta's, and as our tables have them."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Template
from inbox_app.sandbox.simulator.template_store import StoredTemplate, TemplateStore
from inbox_app.services.templates.apply_templates import told
from tests.support.factories import WABA_ID, World, add

CHECK_IN = "Il check-in è dalle 15 alle 19."


def at_meta(store: TemplateStore, name: str = "check_in", **changes: Any) -> StoredTemplate:
    """Put one on the simulated Meta."""
    values: dict[str, Any] = {
        "waba_id": WABA_ID,
        "language": "it",
        "category": "UTILITY",
        "components": [{"type": "BODY", "text": CHECK_IN}],
    }
    template = StoredTemplate(name=name, **(values | changes))
    store.put(template)
    return template


async def here(
    session: AsyncSession, world: World, now: datetime, name: str = "check_in", **changes: Any
) -> Template:
    """Write one down, as if its list had been read."""
    account_id = changes.pop("account_id", world.account_id)
    status = changes.pop("meta_status", "APPROVED")
    category = changes.pop("category", "utility")
    text = changes.pop("text", CHECK_IN)
    components = changes.pop("components", [{"type": "BODY", "text": text}])
    values: dict[str, Any] = {
        "waba_id": WABA_ID,
        "provider_id": f"{sum(name.encode())}",
        "internal_name": name,
        "language": "it",
        "created_at": now,
        "updated_at": now,
    }
    columns = values | told(status, category, components) | changes
    return await add(session, Template(account_id=account_id, name=name, **columns))


async def all_templates(session: AsyncSession) -> dict[tuple[str, str], Template]:
    """Every row, by name and language."""
    rows = (await session.exec(select(Template).order_by(col(Template.id)))).all()
    return {(row.name, row.language): row for row in rows}
