"""What a thread and the API show of what came in."""

from inbox_app.models import Conversation
from inbox_app.queries.api.message_out import MessageOut
from inbox_app.queries.api.messages import messages
from inbox_app.queries.thread.rows import MessageRow
from inbox_app.queries.thread.thread import between
from inbox_app.queries.thread.thread_span import BEGINNING
from tests.support.factories import World
from tests.support.intake import Inbox


async def shown(inbox: Inbox, world: World) -> tuple[list[MessageRow], list[MessageOut]]:
    """The only conversation, oldest first as the thread has it, and newest first by API."""
    here = await inbox.only(Conversation)
    async with inbox.database.reading() as session:
        of = (session, world.account_id, here.id)
        rows = await between(*of, BEGINNING, None, "Europe/Rome")
        page = await messages(session, world.account_id, here.id, limit=9, before=None)
    assert page is not None
    return rows, page[0]
