"""The list of templates, read and looked at."""

from typing import Any

from inbox_app.models import Template
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplatesSync
from inbox_app.workflows.templates.refresh_templates import refresh
from tests.support.outbox import SendHarness
from tests.support.templates import all_templates


async def read(harness: SendHarness) -> int:
    return await refresh(harness.runtime, harness.world.account_id, harness.clock.now())


async def rows(harness: SendHarness) -> dict[tuple[str, str], Template]:
    async with harness.database.reading() as session:
        return await all_templates(session)


async def sync(harness: SendHarness) -> TemplatesSync:
    async with harness.database.reading() as session:
        return await templates.sync(session, harness.world.account_id)


def store(harness: SendHarness) -> Any:
    return harness.meta.simulator.store
