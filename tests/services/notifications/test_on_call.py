"""Urgent words out of hours reach who is on call, whatever they prefer (S4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.messages import Origin
from inbox_app.domain.notifications import Preferences
from inbox_app.models import Conversation
from inbox_app.queries.accounts.away import away_of
from inbox_app.queries.notifications.standing import seen_by
from inbox_app.services.away.set_away import set_away
from inbox_app.services.notifications import preferences
from inbox_app.services.sending.send import queue_text
from tests.services.notifications.conftest import NIGHT, NOON, Devices, Hear
from tests.support.factories import World

pytestmark = pytest.mark.anyio
on_both = pytest.mark.postgresql("its statements")


@on_both
async def test_urgent_words_go_through_quiet_hours(
    database: Database, world_on_call: World, devices_of_marta: Devices, hear: Hear
) -> None:
    who, browser = await devices_of_marta.subscribe()
    await hear("Buonasera", NIGHT)
    await hear("C'è una perdita in cucina", NIGHT + timedelta(minutes=1))
    await devices_of_marta.tell()
    (told,) = devices_of_marta.push_service.heard(browser)
    assert (told["kind"], told["body"]) == ("urgent", "Urgente: C'è una perdita in cucina")
    assert told["silent"] is False
    async with database.reading() as session:
        seen = (await seen_by(session, [who], real_now()))[who.session_id]
    assert [row["kind"] for row in seen.notices] == ["urgent"]


async def test_it_is_told_once_also_to_who_hears_of_messages(
    database: Database, world_on_call: World, devices_of_marta: Devices, hear: Hear
) -> None:
    world = world_on_call
    async with database.transaction() as session:
        everything = Preferences(time_zone="Europe/Rome")
        await preferences.prefer(session, world.account_id, world.marta_id, everything)
    _, browser = await devices_of_marta.subscribe()
    await hear("C'è una perdita", NIGHT)
    await devices_of_marta.tell()
    told = devices_of_marta.push_service.heard(browser)
    assert [each["kind"] for each in told] == ["urgent"]


async def test_in_opening_hours_and_to_who_is_not_on_call_it_is_a_message_like_others(
    database: Database, world_on_call: World, devices_of_marta: Devices, hear: Hear
) -> None:
    who, browser = await devices_of_marta.subscribe()
    await hear("C'è una perdita", NOON)
    async with database.transaction() as session:
        away = await away_of(session, who.account_id)
        nobody = replace(away, on_call=())
        await set_away(session, who.account_id, who.user_id, nobody, NOON)
    await hear("Ancora una perdita", NIGHT)
    await devices_of_marta.tell()
    assert devices_of_marta.push_service.heard(browser) == []


@on_both
async def test_it_is_over_once_anybody_answers(
    database: Database, world_on_call: World, devices_of_marta: Devices, hear: Hear
) -> None:
    who, browser = await devices_of_marta.subscribe()
    at = real_now().replace(microsecond=0)
    async with database.transaction() as session:
        away = await away_of(session, who.account_id)
        shut = replace(away, hours=replace(away.hours, days=((),) * 7))
        await set_away(session, who.account_id, who.user_id, shut, NOON)
    await hear("C'è una perdita", at)
    async with database.transaction() as session:
        talk = (await session.exec(select(Conversation.id))).one()
        await queue_text(
            session, account_id=who.account_id, conversation_id=talk, text="Arrivo",
            author_id=who.user_id, origin=Origin.PM, client_ref=None, now=at,
        )  # fmt: skip
    await devices_of_marta.tell()
    assert devices_of_marta.push_service.heard(browser) == []
