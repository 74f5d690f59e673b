"""Meta's refusals in words, and what follows from those that concern the whole connection."""

from inbox_app.live import Change
from inbox_app.models import Connection
from inbox_app.runtime import Runtime
from inbox_app.services.refuse_credentials import refuse_credentials
from inbox_app.whatsapp.errors import GraphProblem, Outcome


def words_of(problem: GraphProblem) -> str:
    """Meta's title and details, as she gave them."""
    return ": ".join(filter(None, (problem.title, problem.details)))


async def heed(held: Runtime, connection: Connection, problem: GraphProblem) -> None:
    """Credentials that are refused once are refused until somebody connects anew."""
    if problem.outcome is not Outcome.RECONNECT:
        return
    async with held.database.transaction() as session:
        await refuse_credentials(session, connection.id, words_of(problem))
    held.live.publish(Change(connection.account_id))
