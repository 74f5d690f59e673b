"""What Meta refused goes to her again with other words, and is not left lying beside it."""

from dataclasses import replace

import pytest

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.domain.templates import (
    DraftField,
    DraftProblem,
    TemplateCategory,
    TemplateProblem,
    TemplateState,
)
from inbox_app.models import Template
from inbox_app.workflows.templates.correct_template import correct
from inbox_app.workflows.templates.refresh_templates import refresh
from inbox_app.workflows.templates.submit_template import (
    DraftRefusedError,
    MetaRefusedError,
    Submitted,
)
from tests.support.factories import make_account
from tests.support.outbox import SendHarness
from tests.support.templates import all_templates, at_meta, here

pytestmark = pytest.mark.anyio

DRAFT = TemplateDraft(
    category=TemplateCategory.UTILITY,
    internal_name="documents",
    body="Buongiorno, ci mancano i dati degli ospiti. Ci risponde qui?",
    language="it",
)


async def refused_before(harness: SendHarness, status: str = "REJECTED") -> int:
    """A template that Meta does not accept, here and at hers; its id."""
    at_meta(harness.meta.simulator.store, "documents", status=status)
    await refresh(harness.runtime, harness.world.account_id, harness.clock.now())
    return (await rows(harness))["documents", "it"].id


async def corrected(harness: SendHarness, id_: int, draft: TemplateDraft = DRAFT) -> Submitted:
    world = harness.world
    return await correct(
        harness.runtime, world.account_id, world.marta_id, id_, draft, harness.clock.now()
    )


async def rows(harness: SendHarness) -> dict[tuple[str, str], Template]:
    async with harness.database.reading() as session:
        return await all_templates(session)


def at_metas(harness: SendHarness) -> list[str]:
    return [template.name for template in harness.meta.simulator.store.templates]


@pytest.mark.parametrize("status", ["REJECTED", "DISABLED", "ARCHIVED", "LIMIT_EXCEEDED"])
async def test_the_new_one_has_its_name_for_people_and_takes_its_place(
    harness: SendHarness, status: str
) -> None:
    made = await corrected(harness, await refused_before(harness, status))

    assert made.state is TemplateState.PENDING
    found = await rows(harness)
    assert found["documents_2", "it"].internal_name == "documents"
    assert found["documents", "it"].hidden_at is not None
    assert at_metas(harness) == ["documents_2"]


async def test_while_meta_has_not_taken_the_new_one_the_refused_one_stays(
    harness: SendHarness,
) -> None:
    id_ = await refused_before(harness)
    harness.meta.simulator.faults.set({"templates": ["2388019"]})
    with pytest.raises(MetaRefusedError) as refused:
        await corrected(harness, id_)
    assert refused.value.problem is TemplateProblem.LIMIT_REACHED
    assert at_metas(harness) == ["documents"]


@pytest.mark.postgresql("its statements")
async def test_what_meta_does_not_delete_stays_beside_the_new_one(harness: SendHarness) -> None:
    id_ = await refused_before(harness)
    harness.meta.simulator.faults.set({"templates": ["", "80007"]})
    assert (await corrected(harness, id_)).state is TemplateState.PENDING
    found = await rows(harness)
    assert found["documents", "it"].hidden_at is None
    assert at_metas(harness) == ["documents", "documents_2"]


@pytest.mark.postgresql("its statements")
async def test_only_what_meta_refused_is_replaced(harness: SendHarness) -> None:
    """An accepted one keeps its name to itself, whatever a browser claims to correct."""
    id_ = await refused_before(harness, "APPROVED")
    with pytest.raises(DraftRefusedError) as refused:
        await corrected(harness, id_)
    assert refused.value.problems == ((DraftField.INTERNAL_NAME, DraftProblem.SAME_NAME),)
    await corrected(harness, id_, replace(DRAFT, internal_name="Altro"))
    assert at_metas(harness) == ["documents", "altro"]


async def test_another_companys_template_is_left_alone(harness: SendHarness) -> None:
    async with harness.database.transaction() as session:
        other = await make_account(session, harness.clock.now())
        theirs = await here(
            session, harness.world, harness.clock.now(), meta_status="REJECTED", account_id=other
        )
    await corrected(harness, theirs.id)
    assert (await rows(harness))["check_in", "it"].hidden_at is None
