"""A thread in which something is told."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.models import Conversation
from tests.queries.conversations import begin, open_window
from tests.queries.thread.notices import WA_ID
from tests.support.factories import World


@pytest.fixture
async def talk(database: Database, world: World, now: datetime) -> Conversation:
    """With Ada, whose window is open."""
    async with database.transaction() as session:
        talk = await begin(session, world.account_id, now, WA_ID, actor_id=world.ada_id)
        await open_window(session, talk, now)
        return talk
