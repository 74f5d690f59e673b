"""What the thread says of a text that waits (M10, W7)."""

from datetime import datetime, timedelta

import pytest

from inbox_app.database import Database
from inbox_app.domain.delivery.send_later import Condition
from inbox_app.models import Outbox, OutboxState
from inbox_app.pages.inbox.thread.thread_reading import ThreadQuery, ThreadReading, ThreadView
from tests.queries.conversations import begin, book
from tests.support import templates
from tests.support.factories import World, add, make_account, marta

pytestmark = [pytest.mark.anyio, pytest.mark.postgresql("the only run of its statement there")]


@pytest.mark.parametrize(
    ("home", "local_tz"),
    [("Europe/Lisbon", "Europe/Lisbon"), ("Europe/Rome", ""), (None, "")],
)
async def test_its_hour_is_the_accommodations_and_its_template_has_its_name(
    database: Database, world: World, now: datetime, home: str | None, local_tz: str
) -> None:
    async with database.transaction() as session:
        account = world.account_id
        talk = await begin(session, account, now, "393471234567", actor_id=world.ada_id)
        if home:
            await book(session, account, world.ada_id, now, "R-1", timezone=home)
        ours = await templates.here(session, world, now, internal_name="Regole della casa")
        stranger = await make_account(session, now)
        theirs = await templates.here(session, world, now, account_id=stranger)
        for hours, fallback in enumerate((None, str(ours.id), str(theirs.id)), start=1):
            row = Outbox(
                account_id=account,
                conversation_id=talk.id,
                connection_id=world.connection_id,
                state=OutboxState.WAITING,
                condition=Condition.AT_TIME,
                due_at=now + timedelta(hours=hours),
                fallback=fallback,
                text="A domani",
                created_at=now,
            )
            await add(session, row)
        who = marta(world, now)
        seen = await ThreadReading(session, who, now).read(who, ThreadQuery(talk.id))
    assert isinstance(seen, ThreadView)
    assert [(row["local_tz"], row["fallback"]) for row in seen.waiting] == [
        (local_tz, ""),
        (local_tz, "Regole della casa"),
        (local_tz, ""),
    ]
