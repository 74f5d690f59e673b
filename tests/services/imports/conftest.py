"""An import of the company of the little world."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from tests.support.factories import World
from tests.support.importing import Importer


@pytest.fixture
def importer(database: Database, world: World, now: datetime) -> Importer:
    return Importer(database, world.account_id, now)
