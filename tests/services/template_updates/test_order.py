"""What webhooks tell of templates never undoes what is newer (T5, T6)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from inbox_app.domain.templates import TemplateState
from inbox_app.models import EventState, Template, WhatsAppNumber
from tests.services.template_updates.told import LATER, status, tells, wanted
from tests.support.factories import World
from tests.support.intake import Inbox
from tests.support.templates import here

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("upserts")
async def test_the_same_told_twice_is_a_duplicate(inbox: Inbox, now: datetime) -> None:
    body = status("APPROVED", now)
    await inbox.hear(body, at=now)
    await inbox.hear(body, at=now)
    assert await inbox.states() == [EventState.APPLIED, EventState.DUPLICATE]
    assert len(inbox.changes) == 1


async def test_what_comes_late_undoes_neither_a_later_event_nor_a_later_list(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(status("PAUSED", now + LATER), at=now + LATER)
    await inbox.hear(status("APPROVED", now), at=now + 2 * LATER)
    assert (await inbox.only(Template)).meta_status == "PAUSED"
    assert await inbox.states() == [EventState.APPLIED, EventState.DUPLICATE]
    assert await wanted(inbox), "where the two disagree, the list tells"

    async with inbox.database.transaction() as session:
        (await session.exec(select(WhatsAppNumber))).one().templates_read_at = now + 4 * LATER
    await inbox.hear(status("APPROVED", now + 3 * LATER), at=now + 5 * LATER)
    assert (await inbox.only(Template)).meta_status == "PAUSED"
    await inbox.hear(status("APPROVED", now + 5 * LATER), at=now + 5 * LATER)
    assert (await inbox.only(Template)).meta_status == "APPROVED"


@pytest.mark.parametrize("ago", [timedelta(days=8), timedelta(days=400)])
async def test_a_time_that_no_delivery_of_metas_could_have_is_not_trusted(
    inbox: Inbox, now: datetime, ago: timedelta
) -> None:
    async with inbox.database.transaction() as session:
        (await session.exec(select(WhatsAppNumber))).one().templates_read_at = now
    await inbox.hear(status("APPROVED", now - ago), at=now)
    assert (await inbox.only(Template)).state is TemplateState.ACCEPTED


async def test_without_a_time_the_arrival_counts(inbox: Inbox, now: datetime) -> None:
    await inbox.hear(status("APPROVED", None), at=now)
    assert (await inbox.only(Template)).state is TemplateState.ACCEPTED


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    "ids",
    [
        {"message_template_id": None},
        {"message_template_name": "renamed"},
        {"message_template_language": "IT", "message_template_name": None},
    ],
)
async def test_it_is_known_by_its_id_or_without_one_by_name_and_language(
    inbox: Inbox, now: datetime, ids: dict[str, Any]
) -> None:
    await inbox.hear(status("APPROVED", now, **ids), at=now)
    assert (await inbox.only(Template)).state is TemplateState.ACCEPTED


async def test_a_language_may_be_written_with_a_dash(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        await here(session, world, now, "english", language="en_US", meta_status="PENDING")
    ids = {
        "message_template_id": None,
        "message_template_name": "english",
        "message_template_language": "en-US",
    }
    await inbox.hear(status("APPROVED", now, **ids), at=now)
    states = {row.name: row.state for row in await inbox.all(Template)}
    assert states == {"check_in": TemplateState.PENDING, "english": TemplateState.ACCEPTED}


async def test_one_that_is_not_known_has_the_list_read(inbox: Inbox, now: datetime) -> None:
    ids = {"message_template_id": 7, "message_template_name": "new"}
    await inbox.hear(status("APPROVED", now, **ids), at=now)
    assert await wanted(inbox)
    assert (await inbox.only(Template)).state is TemplateState.PENDING
    assert await inbox.states() == [EventState.APPLIED]


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message_template_status_update", {"event": "DELETED", "reason": None}),
        ("message_template_quality_update", {"new_quality_score": "RED"}),
        ("template_category_update", {"new_category": "MARKETING"}),
        ("message_template_components_update", {"message_template_element": "Addio"}),
    ],
)
async def test_news_of_one_whose_name_has_passed_to_another_only_have_the_list_read(
    inbox: Inbox, now: datetime, field: str, value: dict[str, Any]
) -> None:
    await inbox.hear(status("APPROVED", now), at=now)
    reborn = await inbox.only(Template)
    await inbox.hear(tells(field, now + LATER, message_template_id=7, **value), at=now + LATER)
    assert await inbox.only(Template) == reborn
    assert await wanted(inbox)
