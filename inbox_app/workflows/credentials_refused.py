"""What follows from a refusal of Meta's that concerns the whole connection."""

from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.live import Change
from inbox_app.models import Connection
from inbox_app.runtime import Runtime
from inbox_app.services.sending.refuse_credentials import refuse_credentials


async def react_to_refusal(
    runtime: Runtime, connection: Connection, answer: GraphErrorAnswer
) -> None:
    """Credentials that are refused once are refused until somebody connects anew."""
    if answer.remedy is not Remedy.RECONNECT:
        return
    async with runtime.database.transaction() as session:
        await refuse_credentials(session, connection.account_id, connection.id, answer.words)
    runtime.live.publish(Change(connection.account_id))
