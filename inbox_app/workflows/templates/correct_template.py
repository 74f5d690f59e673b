"""Sends a template to Meta again that she refused, with other words."""

from contextlib import suppress
from datetime import datetime

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.domain.errors import NotFoundError
from inbox_app.queries.templates.templates import correctable
from inbox_app.runtime import Runtime
from inbox_app.workflows.templates.delete_template import delete
from inbox_app.workflows.templates.submit_template import MetaRefusedError, Submitted, submit


async def correct(
    runtime: Runtime,
    account_id: int,
    user_id: int,
    template_id: int,
    draft: TemplateDraft,
    now: datetime,
) -> Submitted:
    """As a new one, under another name of Meta's; the refused one goes once she has it, and stays
    when she does not delete it. Raises ``DraftRefusedError`` or ``MetaRefusedError``."""
    async with runtime.database.reading() as session:
        refused = await correctable(session, account_id, template_id)
    made = await submit(runtime, account_id, user_id, draft, now, instead_of=template_id)
    if refused is not None:
        with suppress(NotFoundError, MetaRefusedError):
            await delete(runtime, account_id, user_id, template_id, now)
    return made
