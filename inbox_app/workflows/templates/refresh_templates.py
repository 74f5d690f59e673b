"""Reads an account's templates from Meta, page by page (T5)."""

from datetime import datetime

from inbox_app.channels.whatsapp.graph.transport import GraphError, GraphRefusedError
from inbox_app.live import Change
from inbox_app.models import WhatsAppNumber
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.runtime import Runtime
from inbox_app.services.templates import apply_templates
from inbox_app.services.templates.request_refresh import drop_request
from inbox_app.workflows.credentials_refused import react_to_refusal
from inbox_app.workflows.graph_connection import NotConnectedError, graph_connection_of


class RefreshError(Exception):
    """The list could not be read to its end; the message is Meta's words, or ours without any."""


async def refresh(runtime: Runtime, account_id: int, now: datetime) -> int:
    """How many there are at Meta's. ``now`` is real time.

    Raises ``NotConnectedError`` or ``RefreshError``; what was read before it stays.
    """
    try:
        line = await graph_connection_of(runtime, account_id)
    except NotConnectedError:
        await _give_up(runtime, account_id)
        raise
    async with runtime.database.reading() as session:
        reading = await apply_templates.begin(session, line.number)
    try:
        async for page in line.client.list_templates(reading.waba_id):
            async with runtime.database.transaction() as session:
                news = await apply_templates.apply_page(session, reading, page, now)
            if news:
                runtime.live.publish(Change(account_id))
    except GraphError as error:
        raise RefreshError(await _failed(runtime, line.number, error)) from None
    async with runtime.database.transaction() as session:
        await apply_templates.finish(session, reading, now)
    runtime.live.publish(Change(account_id))
    return reading.listed


async def _failed(runtime: Runtime, number: WhatsAppNumber, error: GraphError) -> str:
    """Kept with the connection, so that the list can say how old it is and why."""
    words = _UNREACHABLE
    if isinstance(error, GraphRefusedError):
        words = error.answer.words or _UNREACHABLE
        await react_to_refusal(runtime, number.connection, error.answer)
    since = number.templates_wanted_at
    async with runtime.database.transaction() as session:
        await drop_request(session, number.account_id, number.id, since, failure=words)
    runtime.live.publish(Change(number.account_id))
    return words


async def _give_up(runtime: Runtime, account_id: int) -> None:
    """Nobody waits for what cannot be read; the screens say why by other means."""
    async with runtime.database.transaction() as session:
        if number := await active_number(session, account_id):
            number.templates_wanted_at = None


_UNREACHABLE = "WhatsApp could not be reached."
