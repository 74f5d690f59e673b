"""What webhooks tell of templates is on open pages at once, and never undoes what is newer
(T5, T6)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from inbox_app.database import Database
from inbox_app.domain.templates import Incompatibility, TemplateState
from inbox_app.live import Change
from inbox_app.models import AuditEntry, EventState, Template, WhatsAppNumber
from tests.support.factories import WABA_ID, World, make_account, make_connection
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import post_changes_of
from tests.support.templates import here

pytestmark = pytest.mark.anyio

ID = 1689556908129832
LATER = timedelta(minutes=1)


@pytest.fixture
async def inbox(database: Database, world: World, now: datetime) -> Inbox:
    """One template waits for Meta."""
    async with database.transaction() as session:
        await here(session, world, now, meta_status="PENDING", provider_id=str(ID))
    return open_inbox(database)


def tells(field: str, at: datetime | None, waba_id: str = WABA_ID, **value: Any) -> bytes:
    ids = {
        "message_template_id": ID,
        "message_template_name": "check_in",
        "message_template_language": "it",
    }
    return post_changes_of(waba_id, at, {"field": field, "value": ids | value})


def status(event: str, at: datetime | None, **more: Any) -> bytes:
    return tells("message_template_status_update", at, event=event, **more)


async def wanted(inbox: Inbox) -> bool:
    return (await inbox.only(WhatsAppNumber)).templates_wanted_at is not None


async def test_an_approval_makes_it_ready_and_tells_open_pages(
    inbox: Inbox, world: World, now: datetime
) -> None:
    await inbox.hear(status("APPROVED", now, reason="NONE"), at=now)

    template = await inbox.only(Template)
    assert template.state is TemplateState.ACCEPTED
    assert template.meta_reason is None
    assert inbox.changes == [Change(world.account_id)]
    assert await inbox.states() == [EventState.APPLIED]
    assert not await wanted(inbox)


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("APPROVED", TemplateState.ACCEPTED),
        ("REINSTATED", TemplateState.ACCEPTED),
        ("UNARCHIVED", TemplateState.ACCEPTED),
        ("IN_APPEAL", TemplateState.PENDING),
        ("PAUSED", TemplateState.PENDING),
        ("SOMETHING_NEW", TemplateState.PENDING),
        ("REJECTED", TemplateState.CANCELLED),
        ("DISABLED", TemplateState.CANCELLED),
        ("ARCHIVED", TemplateState.CANCELLED),
        ("LOCKED", TemplateState.CANCELLED),
        ("LIMIT_EXCEEDED", TemplateState.CANCELLED),
        ("PENDING_DELETION", TemplateState.CANCELLED),
        ("DELETED", TemplateState.CANCELLED),
    ],
)
async def test_each_event_gives_its_state(
    inbox: Inbox, now: datetime, event: str, state: TemplateState
) -> None:
    await inbox.hear(status(event, now), at=now)
    template = await inbox.only(Template)
    assert (template.state, template.meta_status) == (state, event)
    assert (template.hidden_at is not None) == (event == "DELETED")


async def test_a_warning_leaves_it_as_it_is_and_has_the_list_read(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(status("APPROVED", now), at=now)
    await inbox.hear(status("FLAGGED", now, disable_info={"disable_date": "May 1"}), at=now)
    assert (await inbox.only(Template)).state is TemplateState.ACCEPTED
    assert await wanted(inbox)


async def test_a_refusal_keeps_its_reason_and_what_meta_recommends(
    inbox: Inbox, now: datetime
) -> None:
    told = {"reason": "Parameters stand side by side.", "recommendation": "Part them."}
    body = status("REJECTED", now, reason="INVALID_FORMAT", rejection_info=told)
    await inbox.hear(body, at=now)
    template = await inbox.only(Template)
    assert template.meta_reason == "INVALID_FORMAT"
    assert template.meta_advice == "Parameters stand side by side. Part them."


async def test_a_pause_says_which_one_it_is(inbox: Inbox, now: datetime) -> None:
    other = {"title": "FIRST_PAUSE", "description": "It is paused for 3 hours."}
    await inbox.hear(status("PAUSED", now, reason="NONE", other_info=other), at=now)
    template = await inbox.only(Template)
    assert (template.meta_reason, template.meta_advice) == ("FIRST_PAUSE", other["description"])


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


async def test_a_change_of_category_is_shown_and_logged_once_it_is_done(
    inbox: Inbox, now: datetime
) -> None:
    field = "template_category_update"
    announced = {"correct_category": "MARKETING", "new_category": "UTILITY"}
    await inbox.hear(tells(field, now, **announced, category_update_timestamp=1), at=now)
    assert (await inbox.only(Template)).category == "utility"

    done = {"previous_category": "UTILITY", "new_category": "MARKETING"}
    await inbox.hear(tells(field, now + LATER, **done), at=now + LATER)

    template = await inbox.only(Template)
    assert (template.category, template.previous_category) == ("marketing", "utility")
    entry = await inbox.only(AuditEntry)
    assert entry.what == "template.category_changed"
    assert entry.details["to"] == "marketing"


async def test_a_change_of_quality_is_shown_also_under_the_wrong_field(
    inbox: Inbox, now: datetime
) -> None:
    """Meta's own example has it so."""
    score = {"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"}
    await inbox.hear(tells("message_template_status_update", now, **score), at=now)
    template = await inbox.only(Template)
    assert (template.quality, template.meta_status) == ("YELLOW", "PENDING")


@pytest.mark.postgresql("its statements")
async def test_changed_words_count_at_once_and_the_list_is_read_for_the_rest(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(status("APPROVED", now), at=now)
    body = tells(
        "message_template_components_update",
        now + LATER,
        message_template_title="Benvenuti",
        message_template_element="Ciao {{1}}, siamo qui.",
        message_template_buttons=[{"message_template_button_type": "URL"}],
    )
    await inbox.hear(body, at=now + LATER)

    template = await inbox.only(Template)
    assert (template.header, template.body) == ("Benvenuti", "Ciao {{1}}, siamo qui.")
    assert template.state is TemplateState.INCOMPATIBLE
    assert template.incompatibilities == [Incompatibility.VARIABLE, Incompatibility.BUTTONS]
    assert await wanted(inbox)


async def test_only_the_templates_of_the_business_account_are_meant(
    inbox: Inbox, world: World, now: datetime
) -> None:
    async with inbox.database.transaction() as session:
        other = await make_account(session, now)
        await make_connection(session, other, now, external_id="2", waba_id="another")
        theirs = {"account_id": other, "waba_id": "another", "provider_id": str(ID)}
        await here(session, world, now, meta_status="PENDING", **theirs)
    await inbox.hear(
        tells("message_template_status_update", now, "another", event="APPROVED"), at=now
    )
    states = {row.waba_id: row.state for row in await inbox.all(Template)}
    assert states == {WABA_ID: TemplateState.PENDING, "another": TemplateState.ACCEPTED}
    assert inbox.changes == [Change(other)]


async def test_a_business_account_that_nobody_has_concerns_nobody(
    inbox: Inbox, now: datetime
) -> None:
    await inbox.hear(
        tells("message_template_status_update", now, "nobody's", event="APPROVED"), at=now
    )
    assert (await inbox.only(Template)).state is TemplateState.PENDING
    assert await inbox.states() == [EventState.APPLIED]
    assert inbox.changes == []


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    ("value", "state"),
    [
        ({"event": None}, EventState.FAILED),
        ({"event": 7}, EventState.FAILED),
        ({"reason": ["x"], "rejection_info": "no", "other_info": []}, EventState.APPLIED),
        ({"message_template_id": {}, "message_template_name": []}, EventState.APPLIED),
    ],
)
async def test_what_cannot_be_read_does_no_harm(
    inbox: Inbox, now: datetime, value: dict[str, Any], state: EventState
) -> None:
    told: dict[str, Any] = {"event": "X", "at": now}
    await inbox.hear(status(**(told | value)), at=now)
    assert await inbox.states() == [state]
