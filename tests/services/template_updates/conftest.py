"""An inbox with a template that Meta tells of."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from tests.services.template_updates.told import ID
from tests.support.factories import World
from tests.support.intake import Inbox, open_inbox
from tests.support.templates import here


@pytest.fixture
async def inbox(database: Database, world: World, now: datetime) -> Inbox:
    """One template waits for Meta."""
    async with database.transaction() as session:
        await here(session, world, now, meta_status="PENDING", provider_id=str(ID))
    return open_inbox(database)
