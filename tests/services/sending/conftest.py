"""A conversation in which something is sent."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from tests.support.control_cases import HOUR, ConversationHarness
from tests.support.factories import World
from tests.support.writers import a_person_wrote

ADA = "393471234567"


@pytest.fixture
async def harness(database: Database, world: World, now: datetime) -> ConversationHarness:
    async with database.transaction() as session:
        conversation_id = await a_person_wrote(session, world, now - HOUR, ADA)
    return ConversationHarness(database, world, now, conversation_id)
