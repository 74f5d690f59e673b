"""Deletes one language of a template, at Meta and here."""

from datetime import datetime

from inbox_app.channels.whatsapp.graph.transport import GraphError
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.templates import TemplateProblem
from inbox_app.live import Change
from inbox_app.queries.templates import templates
from inbox_app.runtime import Runtime
from inbox_app.services.templates import record_template
from inbox_app.workflows.templates.submit_template import (
    MetaRefusedError,
    connection_or_refusal,
    refusal,
)


async def delete(
    runtime: Runtime, account_id: int, user_id: int | None, template_id: int, now: datetime
) -> None:
    """One that Meta does not have is gone all the same.

    Raises ``NotFoundError`` or ``MetaRefusedError``.
    """
    async with runtime.database.reading() as session:
        template = await templates.visible(session, account_id, template_id)
    if template is None:
        raise NotFoundError
    line = await connection_or_refusal(runtime, account_id)
    if template.provider_id is None:
        raise MetaRefusedError(TemplateProblem.NOT_FOUND)
    try:
        await line.client.delete_template(line.number.waba_id, template.name, template.provider_id)
    except GraphError as error:
        problem = await refusal(runtime, line, error, now)
        if problem.problem is not TemplateProblem.NOT_FOUND:
            raise problem from None
    async with runtime.database.transaction() as session:
        await record_template.record_deleted(session, account_id, template_id, user_id, now)
    runtime.live.publish(Change(account_id))
