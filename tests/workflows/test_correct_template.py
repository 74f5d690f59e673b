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
from inbox_app.workflows.correct_template import correct
from inbox_app.workflows.refresh_templates import refresh
from inbox_app.workflows.submit_template import DraftRefusedError, MetaRefusedError, Submitted
from tests.support.factories import make_account
from tests.support.outbox import Desk
from tests.support.templates import all_templates, at_meta, here

pytestmark = pytest.mark.anyio

DRAFT = TemplateDraft(
    category=TemplateCategory.UTILITY,
    internal_name="documents",
    body="Buongiorno, ci mancano i dati degli ospiti. Ci risponde qui?",
    language="it",
)


async def refused_before(desk: Desk, status: str = "REJECTED") -> int:
    """A template that Meta does not accept, here and at hers; its id."""
    at_meta(desk.meta.simulator.shelf, "documents", status=status)
    await refresh(desk.runtime, desk.world.account_id, desk.clock.now())
    return (await rows(desk))["documents", "it"].id


async def corrected(desk: Desk, id_: int, draft: TemplateDraft = DRAFT) -> Submitted:
    world = desk.world
    return await correct(
        desk.runtime, world.account_id, world.marta_id, id_, draft, desk.clock.now()
    )


async def rows(desk: Desk) -> dict[tuple[str, str], Template]:
    async with desk.database.reading() as session:
        return await all_templates(session)


def at_metas(desk: Desk) -> list[str]:
    return [template.name for template in desk.meta.simulator.shelf.templates]


@pytest.mark.parametrize("status", ["REJECTED", "DISABLED", "ARCHIVED", "LIMIT_EXCEEDED"])
async def test_the_new_one_has_its_name_for_people_and_takes_its_place(
    desk: Desk, status: str
) -> None:
    made = await corrected(desk, await refused_before(desk, status))

    assert made.state is TemplateState.PENDING
    found = await rows(desk)
    assert found["documents_2", "it"].internal_name == "documents"
    assert found["documents", "it"].hidden_at is not None
    assert at_metas(desk) == ["documents_2"]


async def test_while_meta_has_not_taken_the_new_one_the_refused_one_stays(desk: Desk) -> None:
    id_ = await refused_before(desk)
    desk.meta.simulator.faults.set({"templates": ["2388019"]})
    with pytest.raises(MetaRefusedError) as refused:
        await corrected(desk, id_)
    assert refused.value.problem is TemplateProblem.LIMIT_REACHED
    assert at_metas(desk) == ["documents"]


@pytest.mark.postgresql("its statements")
async def test_what_meta_does_not_delete_stays_beside_the_new_one(desk: Desk) -> None:
    id_ = await refused_before(desk)
    desk.meta.simulator.faults.set({"templates": ["", "80007"]})
    assert (await corrected(desk, id_)).state is TemplateState.PENDING
    found = await rows(desk)
    assert found["documents", "it"].hidden_at is None
    assert at_metas(desk) == ["documents", "documents_2"]


@pytest.mark.postgresql("its statements")
async def test_only_what_meta_refused_is_replaced(desk: Desk) -> None:
    """An accepted one keeps its name to itself, whatever a browser claims to correct."""
    id_ = await refused_before(desk, "APPROVED")
    with pytest.raises(DraftRefusedError) as refused:
        await corrected(desk, id_)
    assert refused.value.problems == ((DraftField.INTERNAL_NAME, DraftProblem.SAME_NAME),)
    await corrected(desk, id_, replace(DRAFT, internal_name="Altro"))
    assert at_metas(desk) == ["documents", "altro"]


async def test_another_companys_template_is_left_alone(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        other = await make_account(session, desk.clock.now())
        theirs = await here(
            session, desk.world, desk.clock.now(), meta_status="REJECTED", account_id=other
        )
    await corrected(desk, theirs.id)
    assert (await rows(desk))["check_in", "it"].hidden_at is None
