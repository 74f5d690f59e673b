"""Who asked for no more marketing gets none, by whichever id they are known (B15)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.identity import USER_ID
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.models import (
    Address,
    AddressAlias,
    Conversation,
    EventState,
    Message,
    WhatsAppNumber,
)
from tests.support.factories import PHONE_NUMBER_ID, WABA_ID, World, add
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import (
    ADA,
    ADA_USER_ID,
    change,
    post,
    post_changes_of,
    status,
)
from tests.support.writers import a_person_wrote

pytestmark = pytest.mark.anyio
LATER = timedelta(minutes=1)


@pytest.fixture
async def inbox(database: Database, world: World, now: datetime) -> Inbox:
    async with database.transaction() as session:
        await a_person_wrote(session, world, now, ADA)
        await a_person_wrote(session, world, now, "393489876543")
    return open_inbox(database)


def says(value: str, at: datetime, **ids: Any) -> bytes:
    item = {
        "detail": "…",
        "category": "marketing_messages",
        "value": value,
        "timestamp": int(at.timestamp()),
        **(ids or {"wa_id": ADA}),
    }
    told = {
        "metadata": {"phone_number_id": PHONE_NUMBER_ID},
        "contacts": [{"wa_id": "972987654321", "user_id": "US.1"}],
        "user_preferences": [item],
    }
    return post_changes_of(WABA_ID, None, {"field": "user_preferences", "value": told})


async def stopped(inbox: Inbox) -> list[datetime | None]:
    return [address.marketing_stopped_at for address in await inbox.all(Address)]


@pytest.mark.postgresql("times are compared")
async def test_a_stop_is_kept_with_its_time_and_a_resume_ends_it(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(says("stop", now), at=now)
    assert await stopped(inbox) == [now, None]
    await inbox.hear(says("resume", now + LATER), at=now + LATER)
    assert await stopped(inbox) == [None, None]
    await inbox.hear(says("stop", now + 2 * LATER), at=now + 2 * LATER)
    await inbox.hear(says("signup", now + 3 * LATER), at=now + 3 * LATER)
    assert await stopped(inbox) == [None, None]
    assert set(await inbox.states()) == {EventState.APPLIED}


async def test_what_was_said_before_and_comes_later_is_void(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(says("resume", now + LATER), at=now + LATER)
    await inbox.hear(says("stop", now), at=now + 2 * LATER)
    assert await stopped(inbox) == [None, None]
    assert await inbox.states() == [EventState.APPLIED, EventState.DUPLICATE]


async def test_the_business_scoped_id_serves_as_well(inbox: Inbox, now: datetime) -> None:
    async with inbox.database.transaction() as session:
        second = (await inbox.all(Address))[1]
        alias = AddressAlias(
            channel=WHATSAPP,
            account_id=second.account_id,
            address_id=second.id,
            kind=USER_ID,
            value=ADA_USER_ID,
        )
        await add(session, alias)
    await inbox.hear(says("stop", now, user_id=ADA_USER_ID), at=now)
    assert await stopped(inbox) == [None, now]


async def test_another_spelling_of_the_number_is_the_same_person(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        await a_person_wrote(session, world, now, "5531987654321")
    await inbox.hear(says("stop", now, wa_id="553187654321"), at=now)
    assert (await stopped(inbox))[2] == now


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    "changes", [{"wa_id": "1"}, {"value": "perhaps"}, {"category": "politics"}, {"wa_id": None}]
)
async def test_what_concerns_nobody_changes_nothing(
    inbox: Inbox, now: datetime, changes: dict[str, Any]
) -> None:
    told: dict[str, Any] = {"value": "stop", "at": now, "wa_id": ADA}
    await inbox.hear(says(**(told | changes)), at=now)
    assert await stopped(inbox) == [None, None]


@pytest.mark.parametrize(
    ("code", "stops", "reads"),
    [(131050, True, False), (132015, False, True), (132001, False, True), (131026, False, False)],
)
async def test_a_failure_that_comes_by_a_status_teaches_the_same(
    inbox: Inbox, world: World, now: datetime, code: int, stops: bool, reads: bool
) -> None:
    ada = (await inbox.all(Conversation))[0]
    async with inbox.database.transaction() as session:
        await add(
            session,
            Message(
                account_id=world.account_id,
                conversation_id=ada.id,
                connection_id=world.connection_id,
                provider_id="wamid.T",
                direction=Direction.OUT,
                kind=MessageKind.TEMPLATE,
                status=DeliveryStatus.SENT,
                sent_at=now,
                created_at=now,
            ),
        )
    failed = status("wamid.T", "failed", now, errors=[{"code": code, "title": "no"}])
    await inbox.hear(post(change(statuses=[failed])), at=now)
    assert ((await stopped(inbox))[0] is not None) is stops
    assert ((await inbox.only(WhatsAppNumber)).templates_wanted_at is not None) is reads
