"""An inbox whose messages are counted."""

import pytest

from inbox_app.database import Database
from tests.support.factories import World
from tests.support.intake import Inbox, open_inbox


@pytest.fixture
def inbox(database: Database, world: World) -> Inbox:
    return open_inbox(database)
