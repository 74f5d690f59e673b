"""A new template reaches Meta once, under a name she takes (T4)."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.domain.templates import (
    DraftField,
    DraftProblem,
    TemplateCategory,
    TemplateProblem,
    TemplateState,
)
from inbox_app.live import Change
from inbox_app.models import AuditEntry
from inbox_app.workflows.templates.delete_template import delete
from inbox_app.workflows.templates.refresh_templates import refresh
from inbox_app.workflows.templates.submit_template import (
    DraftRefusedError,
    MetaRefusedError,
)
from tests.support.outbox import SendHarness
from tests.support.templates import at_meta
from tests.workflows.submitting import DRAFT, rows, submitted

pytestmark = pytest.mark.anyio


def asked(harness: SendHarness) -> list[Any]:
    return [json.loads(call.content) for call in harness.meta.wire.calls if call.method == "POST"]


async def test_it_waits_for_meta_under_the_name_that_was_typed(harness: SendHarness) -> None:
    made = await submitted(harness, replace(DRAFT, internal_name="  Promemoria  check-in "))

    assert (made.state, made.category) == (TemplateState.PENDING, "utility")
    row = (await rows(harness))["promemoria_check_in", "it"]
    assert row.id == made.template_id
    assert row.internal_name == "Promemoria check-in"
    assert (row.body, row.created_by) == (DRAFT.body, harness.world.marta_id)
    assert row.provider_id == harness.meta.simulator.store.templates[0].id
    assert asked(harness) == [
        {
            "name": "promemoria_check_in",
            "language": "it",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": DRAFT.body}],
        }
    ]
    assert Change(harness.world.account_id) in harness.changes


async def test_a_draft_is_checked_on_the_server_too_and_meta_is_not_asked(
    harness: SendHarness,
) -> None:
    with pytest.raises(DraftRefusedError) as refused:
        await submitted(harness, replace(DRAFT, body="Ciao {{1}}", language="pt"))
    assert refused.value.problems == (
        (DraftField.BODY, DraftProblem.VARIABLE),
        (DraftField.LANGUAGE, DraftProblem.NO_SUCH_LANGUAGE),
    )
    assert harness.meta.wire.calls == []


@pytest.mark.postgresql("two at once")
async def test_a_second_click_finds_the_first_ones_template(harness: SendHarness) -> None:
    results = await asyncio.gather(submitted(harness), submitted(harness), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["DraftRefusedError", "Submitted"]
    assert len(harness.meta.simulator.store.templates) == 1


async def test_other_languages_of_a_template_share_its_name_at_meta(harness: SendHarness) -> None:
    await submitted(harness)
    await submitted(harness, replace(DRAFT, language="en-GB", body="Check-in is from 3 to 7 pm."))
    await submitted(harness, replace(DRAFT, language="pt-BR", body="O check-in é das 15 às 19."))

    assert set(await rows(harness)) == {
        ("promemoria_check_in", "it"),
        ("promemoria_check_in", "en_GB"),
        ("promemoria_check_in", "pt_BR"),
    }


async def test_another_category_is_another_name(harness: SendHarness) -> None:
    """Meta gives all languages of a name one category."""
    await submitted(harness)
    other = replace(DRAFT, category=TemplateCategory.MARKETING, language="en", body="Come again.")
    await submitted(harness, other)
    assert ("promemoria_check_in_2", "en") in await rows(harness)


async def test_a_name_that_only_meta_knows_to_be_taken_is_numbered(harness: SendHarness) -> None:
    at_meta(harness.meta.simulator.store, "promemoria_check_in")
    await submitted(harness)
    assert ("promemoria_check_in_2", "it") in await rows(harness)
    assert [call["name"] for call in asked(harness)] == [
        "promemoria_check_in",
        "promemoria_check_in_2",
    ]


async def test_when_every_name_is_taken_it_says_so(harness: SendHarness) -> None:
    harness.meta.simulator.faults.set({"templates": ["2388024"] * 3})
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is TemplateProblem.NAME_TAKEN
    assert await rows(harness) == {}


async def test_a_category_that_meta_changes_at_once_is_shown_and_logged(
    harness: SendHarness,
) -> None:
    made = await submitted(harness, replace(DRAFT, body="Solo per oggi sconto del 20%"))

    assert made.category == "marketing"
    row = (await rows(harness))["promemoria_check_in", "it"]
    assert (row.category, row.previous_category) == ("marketing", "utility")
    async with harness.database.reading() as session:
        query = select(AuditEntry.what).order_by(col(AuditEntry.id))
        assert (await session.exec(query)).all() == [
            "template.created",
            "template.category_changed",
        ]


@pytest.mark.postgresql("its statements")
async def test_one_that_meta_refuses_at_once_is_kept_and_its_reason_is_fetched(
    harness: SendHarness,
) -> None:
    """Her answer says REJECTED, and not why: the list does."""
    made = await submitted(harness, replace(DRAFT, body="REJECTME NOW, per favore"))

    assert made.state is TemplateState.CANCELLED
    assert (await harness.number()).templates_wanted_at is not None
    await refresh(harness.runtime, harness.world.account_id, harness.clock.now())
    row = (await rows(harness))["promemoria_check_in", "it"]
    assert (row.meta_status, row.meta_reason) == ("REJECTED", "ABUSIVE_CONTENT")


@pytest.mark.postgresql("its statements")
async def test_the_name_of_a_deleted_template_is_numbered_for_as_long_as_meta_keeps_it(
    harness: SendHarness,
) -> None:
    made = await submitted(harness)
    await harness.meta.simulator.webhooks.settle()
    await delete(
        harness.runtime, harness.world.account_id, None, made.template_id, harness.clock.now()
    )
    await submitted(harness)
    assert ("promemoria_check_in_2", "it") in await rows(harness)
