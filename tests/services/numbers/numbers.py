"""Numbers given and corrected, and what became of them."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.controls import decide
from inbox_app.database import Database
from inbox_app.domain.sending import Decision
from inbox_app.models import Conversation
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.people.fix_number import fix_number
from tests.support.factories import World


async def decided(session: AsyncSession, conversation_id: int, now: datetime) -> Decision:
    account_id = (await session.get_one(Conversation, conversation_id)).account_id
    return decide((await load_facts(session, account_id, [conversation_id], now))[conversation_id])


async def fix(database: Database, world: World, id_: int, raw: str, now: datetime) -> int:
    return await database.run_transaction(
        lambda session: fix_number(
            session,
            account_id=world.account_id,
            conversation_id=id_,
            raw=raw,
            user_id=world.marta_id,
            now=now,
        )
    )
