"""The connected number as the settings show it (C6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox_app.database import Database
from inbox_app.models import Connection, ConnectionNotice, ConnectionState
from inbox_app.queries.connecting.health_view import HealthView, health_view
from inbox_app.queries.connecting.numbers import active_number
from tests.support.factories import World, add, make_account

pytestmark = pytest.mark.anyio


NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def seen(database: Database, account_id: int) -> HealthView:
    async with database.reading() as session:
        return await health_view(session, account_id, NOW, "Europe/Rome")


async def test_an_account_without_a_number_has_no_health(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
    nothing = await seen(database, account)
    assert (nothing.health["state"], nothing.notices) == ("none", [])


@pytest.mark.postgresql("rows are sorted")
async def test_the_gravest_notice_comes_first_and_what_was_put_away_does_not(
    database: Database, world: World, now: datetime
) -> None:
    notices: list[tuple[str, str, dict[str, Any], bool]] = [
        ("PIN_CHANGED", "information", {}, False),
        ("ACCOUNT_RESTRICTION", "critical", {"restrictions": ["X"], "until": 60}, False),
        ("FLAGGED", "warning", {"limit": "TIER_250"}, False),
        ("OBA_REJECTED", "critical", {}, True),
    ]
    async with database.transaction() as session:
        for minute, (event, severity, details, gone) in enumerate(notices):
            await add(
                session,
                ConnectionNotice(
                    account_id=world.account_id,
                    connection_id=world.connection_id,
                    field="account_update",
                    event=event,
                    severity=severity,
                    details=details,
                    at=now + timedelta(minutes=minute),
                    dismissed_at=now if gone else None,
                ),
            )
    shown = (await seen(database, world.account_id)).notices
    assert [row["event"] for row in shown] == ["ACCOUNT_RESTRICTION", "FLAGGED", "PIN_CHANGED"]
    assert (shown[0]["restrictions"], shown[0]["until"]) == (["X"], 60_000)
    assert shown[1]["words"] == "TIER_250"


async def test_refused_and_unreachable_are_two_things(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        row = await session.get_one(Connection, world.connection_id)
        row.unreachable_since = now
    health = (await seen(database, world.account_id)).health
    assert (health["state"], health["unreachable_since"] > 0) == ("active", True)
    async with database.transaction() as session:
        number = await active_number(session, world.account_id)
        assert number is not None
        row = number.connection
        row.state, row.state_reason = ConnectionState.CREDENTIALS_REFUSED, "expired"
        row.credentials_encrypted, number.pin_encrypted = "secret", "secret"
    health = (await seen(database, world.account_id)).health
    assert (health["state"], health["reason"]) == ("refused", "expired")
    assert health["pin_kept"] is True
    assert "secret" not in repr(health)
