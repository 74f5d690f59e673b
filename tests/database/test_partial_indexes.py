"""Indexes that hold some rows are taken where those are asked for: SQLite compares the words."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects import sqlite as dialect
from sqlalchemy.sql import ClauseElement
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.models import Notification, Push
from inbox_app.models.notifications import notification_notes
from inbox_app.services.figures import follow_waits
from inbox_app.services.notifications import spread

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("index", "asked"),
    [
        (
            "notification_uncleared",
            select(Notification.id).where(spread._UNCLEARED).order_by(col(Notification.id)),
        ),
        ("push_read", select(Push.id).where(*spread._READ).order_by(col(Push.id))),
        ("notification_standing", notification_notes._over(1)),
        ("open_wait_closes", follow_waits._closed(datetime(2026, 11, 28, tzinfo=UTC))),
    ],
)
async def test_what_is_asked_is_what_the_index_holds(
    sqlite: Database, index: str, asked: ClauseElement
) -> None:
    written = asked.compile(dialect=dialect.dialect(), compile_kwargs={"literal_binds": True})
    async with sqlite.reading() as session:
        core = await session.connection()
        plan = await core.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}")
        assert any(f"INDEX {index}" in step for *_, step in plan)
