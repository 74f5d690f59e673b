"""What webhooks tell of a template's state is on open pages at once (T5, T6)."""

from datetime import datetime

import pytest

from inbox_app.domain.templates import TemplateState
from inbox_app.live import Change
from inbox_app.models import EventState, Template
from tests.services.template_updates.told import status, wanted
from tests.support.factories import World
from tests.support.intake import Inbox

pytestmark = pytest.mark.anyio


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
