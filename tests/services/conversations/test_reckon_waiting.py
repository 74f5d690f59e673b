"""Since when somebody waits is reckoned without reading their thread (P8)."""

import pytest
from sqlalchemy.dialects import sqlite as dialect

from inbox_app.database import Database
from inbox_app.services.conversations import reckon_waiting

pytestmark = pytest.mark.anyio


async def test_each_step_is_bound_to_one_place_of_an_index(sqlite: Database) -> None:
    """Else an undo or «Fatto» would cost what the thread is long, squared."""
    facts = reckon_waiting._FACTS.compile(
        dialect=dialect.dialect(), compile_kwargs={"literal_binds": True}
    )
    async with sqlite.reading() as session:
        core = await session.connection()
        plan = await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {facts}")
        steps = [step for *_, step in plan if "SEARCH message" in step]
    assert steps[0].endswith("message_arrivals (conversation_id=? AND direction=? AND id>?)")
    assert all(
        "INDEX message_arrivals (conversation_id=? AND direction=?" in each for each in steps
    )
