"""What comes, what is to be told of it, and what somebody prefers."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.notifications import Preferences
from inbox_app.models import Push
from inbox_app.services.notifications import preferences
from tests.support.factories import World
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says

on_both = pytest.mark.postgresql("its statements")


async def hear(database: Database, now: datetime, *texts: str) -> None:
    inbox = open_inbox(database)
    for text in texts:
        await inbox.hear(says(text, f"wamid.{text}", now), at=now)


async def pushes(database: Database) -> Sequence[Push]:
    async with database.reading() as session:
        return (await session.exec(select(Push).order_by(col(Push.id)))).all()


async def prefer(database: Database, world: World, **columns: object) -> None:
    wanted = Preferences(time_zone="Europe/Rome", **columns)  # pyright: ignore[reportArgumentType]
    async with database.transaction() as session:
        await preferences.prefer(session, world.account_id, world.marta_id, wanted)
