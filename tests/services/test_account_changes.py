"""What webhooks tell of accounts and numbers reaches the connections it is about, once (C6)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from inbox_app.channels.whatsapp.graph.numbers import read_number
from inbox_app.database import Database
from inbox_app.live import Change
from inbox_app.models import (
    Connection,
    ConnectionNotice,
    ConnectionState,
    EventState,
    WhatsAppNumber,
)
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.connecting.number_figures import take_over
from tests.support.factories import OUR_NUMBER, WABA_ID, World, make_account, make_connection
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import post_changes_of, says

pytestmark = pytest.mark.anyio


@pytest.fixture
def inbox(database: Database, world: World) -> Inbox:
    return open_inbox(database)


def tells(field: str, at: datetime, waba_id: str = WABA_ID, **value: Any) -> bytes:
    return post_changes_of(waba_id, at, {"field": field, "value": value})


GONE = {"event": "PARTNER_REMOVED", "waba_info": {"waba_id": WABA_ID, "owner_business_id": "5"}}


@pytest.mark.postgresql("its statements")
async def test_a_removed_partner_means_refused_credentials_and_tells_open_pages(
    inbox: Inbox, world: World, now: datetime
) -> None:
    await inbox.hear(tells("account_update", now, "somebody's portfolio", **GONE), at=now)

    connection = await inbox.only(Connection)
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert connection.state_reason == "PARTNER_REMOVED"
    assert connection.last_event_at == now
    assert inbox.changes == [Change(world.account_id)]
    assert await inbox.states() == [EventState.APPLIED]


@pytest.mark.postgresql("its statements")
async def test_messages_still_come_in_while_the_credentials_are_refused(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(tells("account_update", now, **GONE), says("Ciao", "wamid.1", now), at=now)
    assert (await inbox.only(Connection)).state is ConnectionState.CREDENTIALS_REFUSED
    assert await inbox.texts() == ["Ciao"]


async def test_what_was_told_before_the_number_was_connected_anew_refuses_nothing(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        row = await session.get_one(Connection, world.connection_id)
        row.connected_at = now + timedelta(minutes=1)
    await inbox.hear(tells("account_update", now, **GONE), at=now)
    assert (await inbox.only(Connection)).state is ConnectionState.ACTIVE


@pytest.mark.postgresql("upserts")
async def test_the_same_told_twice_is_one_notice_that_stays_put_away(
    inbox: Inbox, now: datetime
) -> None:
    body = tells("account_update", now, event="ACCOUNT_VIOLATION")
    await inbox.hear(body, body, at=now)
    notice = await inbox.only(ConnectionNotice)
    async with inbox.database.transaction() as session:
        (await session.get_one(ConnectionNotice, notice.id)).dismissed_at = now
    await inbox.hear(body, at=now + timedelta(hours=1))
    assert (await inbox.only(ConnectionNotice)).dismissed_at == now


@pytest.mark.postgresql("its statements")
async def test_what_is_over_is_taken_back(inbox: Inbox, now: datetime) -> None:
    later = now + timedelta(days=1)
    number = {"display_phone_number": OUR_NUMBER.removeprefix("+")}
    flagged = tells("phone_number_quality_update", now, **number, event="FLAGGED")
    await inbox.hear(flagged, at=now)
    assert (await inbox.only(ConnectionNotice)).dismissed_at is None
    unflagged = tells("phone_number_quality_update", later, **number, event="UNFLAGGED")
    await inbox.hear(unflagged, at=later)
    assert (await inbox.only(ConnectionNotice)).dismissed_at == later
    assert (await inbox.only(WhatsAppNumber)).number_status == "CONNECTED"


async def test_old_news_that_come_again_bring_no_old_figure_back(
    inbox: Inbox, now: datetime
) -> None:
    later = now + timedelta(minutes=1)
    number = {"display_phone_number": OUR_NUMBER.removeprefix("+")}
    flagged = tells("phone_number_quality_update", now, **number, event="FLAGGED")
    unflagged = tells("phone_number_quality_update", later, **number, event="UNFLAGGED")
    await inbox.hear(flagged, at=now)
    await inbox.hear(unflagged, at=later)
    await inbox.hear(flagged, at=now)
    number = await inbox.only(WhatsAppNumber)
    connection = number.connection
    assert number.number_status == "CONNECTED"
    assert connection.last_event_at == later


@pytest.mark.postgresql("times are compared")
async def test_a_time_far_ahead_of_ours_does_not_silence_what_is_told_after_it(
    inbox: Inbox, now: datetime
) -> None:
    ahead, later = now + timedelta(days=3), now + timedelta(minutes=1)
    flagged, unflagged = (
        tells("phone_number_quality_update", at, event=event)
        for at, event in ((ahead, "FLAGGED"), (later, "UNFLAGGED"))
    )
    await inbox.hear(flagged, at=now)
    await inbox.hear(unflagged, at=later)
    assert (await inbox.only(WhatsAppNumber)).number_status == "CONNECTED"


async def test_what_a_check_has_read_is_newer_than_what_was_told_before_it(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        number = await active_number(session, world.account_id)
        assert number is not None
        take_over(number, read_number({"status": "CONNECTED"}), now + timedelta(minutes=1))
    await inbox.hear(tells("account_update", now, **GONE), at=now)
    number = {"display_phone_number": OUR_NUMBER.removeprefix("+")}
    await inbox.hear(tells("phone_number_quality_update", now, **number, event="FLAGGED"), at=now)
    number = await inbox.only(WhatsAppNumber)
    connection = number.connection
    assert connection.state is ConnectionState.ACTIVE
    assert number.number_status == "CONNECTED"


async def test_news_of_a_number_do_not_concern_another_of_the_same_account(
    inbox: Inbox, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        other = await make_account(session, now)
        second = {"external_id": "2", "display_address": "+39 080 555 0200"}
        await make_connection(session, other, now, **second)
    number = {"display_phone_number": "39080 5550200", "event": "FLAGGED"}
    await inbox.hear(tells("phone_number_quality_update", now, **number), at=now)
    assert [row.number_status for row in await inbox.all(WhatsAppNumber)] == [None, "FLAGGED"]

    await inbox.hear(
        tells("business_capability_update", now, max_daily_conversations_per_business="TIER_2K"),
        at=now,
    )
    assert [row.messaging_limit for row in await inbox.all(WhatsAppNumber)] == ["TIER_2K"] * 2


async def test_news_of_an_account_that_nobody_has_change_nothing(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(tells("account_update", now, "999", event="ACCOUNT_DELETED"), at=now)
    assert (await inbox.only(Connection)).state is ConnectionState.ACTIVE
    assert await inbox.states() == [EventState.APPLIED]


async def test_nonsense_about_an_account_holds_no_message_up(inbox: Inbox, now: datetime) -> None:
    nonsense = tells("account_update", now, event=[], restriction_info=3, ban_info=None)
    await inbox.hear(nonsense, says("Ciao", "wamid.1", now), at=now)
    assert await inbox.texts() == ["Ciao"]
