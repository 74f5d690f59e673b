"""A template as it is typed, and what became of it."""

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.domain.templates import TemplateCategory
from inbox_app.models import Template
from inbox_app.workflows.templates.submit_template import Submitted, submit
from tests.support.outbox import SendHarness
from tests.support.templates import all_templates

DRAFT = TemplateDraft(
    category=TemplateCategory.UTILITY,
    internal_name="Promemoria check-in",
    body="Buongiorno, il check-in è dalle 15 alle 19.",
    language="it",
)


async def submitted(harness: SendHarness, draft: TemplateDraft = DRAFT) -> Submitted:
    world = harness.world
    return await submit(
        harness.runtime, world.account_id, world.marta_id, draft, harness.clock.now()
    )


async def rows(harness: SendHarness) -> dict[tuple[str, str], Template]:
    async with harness.database.reading() as session:
        return await all_templates(session)
