"""What a decision rests on is read at a cost that does not grow with the history."""

from datetime import datetime
from typing import Any

from sqlalchemy import event

from inbox_app.database import Database
from inbox_app.queries.inbox.send_facts import load_facts
from tests.queries.conversations import begin
from tests.support.factories import make_world


async def test_old_messages_of_a_long_conversation_are_not_read(
    sqlite: Database, now: datetime
) -> None:
    """A list of a hundred would read all that was ever sent to these people. PostgreSQL plans by
    what it finds in the tables, and here there is nothing."""
    asked: list[tuple[str, Any]] = []
    async with sqlite.transaction() as session:
        world = await make_world(session, now)
        talk = await begin(session, world.account_id, now, "393471234567")
    engine = sqlite._reader.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append((told[2], told[3])))
    async with sqlite.reading() as session:
        await load_facts(session, world.account_id, [talk.id], now)
        statement, parameters = asked[-1]
        connection = await session.connection()
        explain = f"EXPLAIN QUERY PLAN {statement}"
        plan = (await connection.exec_driver_sql(explain, parameters)).all()
    assert "message_left (conversation_id=? AND queued_at>?)" in str(plan)
