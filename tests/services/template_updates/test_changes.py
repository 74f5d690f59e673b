"""Category, quality and words that change at Meta (T5, T6)."""

from datetime import datetime
from typing import Any

import pytest

from inbox_app.domain.templates import Incompatibility, TemplateState
from inbox_app.live import Change
from inbox_app.models import AuditEntry, EventState, Template
from tests.services.template_updates.told import ID, LATER, status, tells, wanted
from tests.support.factories import WABA_ID, World, make_account, make_connection
from tests.support.intake import Inbox
from tests.support.templates import here

pytestmark = pytest.mark.anyio


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
