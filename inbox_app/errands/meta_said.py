"""What follows from a refusal of Meta's that concerns the whole connection."""

from inbox_app.live import Change
from inbox_app.models import Connection
from inbox_app.runtime import Runtime
from inbox_app.services.refuse_credentials import refuse_credentials
from inbox_app.whatsapp.errors import GraphProblem, Outcome


async def heed(held: Runtime, connection: Connection, problem: GraphProblem) -> None:
    """Credentials that are refused once are refused until somebody connects anew."""
    if problem.outcome is not Outcome.RECONNECT:
        return
    async with held.database.transaction() as session:
        await refuse_credentials(session, connection.id, problem.words)
    held.live.publish(Change(connection.account_id))
