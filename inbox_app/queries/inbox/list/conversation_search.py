"""What the search box finds: conversations with who has such a name, number or reservation code,
and those in which such words were said (P5)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation, Message
from inbox_app.queries.people.found_actors import ids_found
from inbox_app.queries.people.found_addresses import addresses_found
from inbox_app.queries.search.message_ids import message_ids

MOST_PEOPLE = 200
MOST_MESSAGES = 300
"""The newest: who looks for what everybody says types another word."""


async def conversations_found(
    session: AsyncSession, account_id: int, typed: str, *, in_messages: bool = True
) -> set[int]:
    """Their ids."""
    actors = await ids_found(session, account_id, typed, limit=MOST_PEOPLE)
    addresses = await addresses_found(session, account_id, typed, limit=MOST_PEOPLE)
    messages = (
        await message_ids(session, account_id, typed, limit=MOST_MESSAGES) if in_messages else []
    )
    theirs = select(col(Conversation.id)).where(col(Conversation.account_id) == account_id)
    said = select(col(Message.conversation_id)).where(col(Message.account_id) == account_id)
    found: set[int] = set()
    # Each by its own index; an empty list would have every row looked at.
    for query, column, ids in (
        (theirs, Conversation.actor_id, actors),
        (theirs, Conversation.address_id, addresses),
        (said, Message.id, messages),
    ):
        if ids:
            found |= set(await session.exec(query.where(col(column).in_(ids))))
    return found
