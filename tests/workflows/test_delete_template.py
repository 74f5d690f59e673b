"""A template is deleted at Meta and hidden here (T4)."""

from dataclasses import replace

import pytest

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.templates import TemplateProblem
from inbox_app.workflows.templates.delete_template import delete
from inbox_app.workflows.templates.submit_template import MetaRefusedError
from tests.support.factories import make_account
from tests.support.outbox import SendHarness
from tests.support.templates import here
from tests.workflows.submitting import DRAFT, rows, submitted

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("its statements")
async def test_one_language_is_deleted_at_meta_and_hidden_here(harness: SendHarness) -> None:
    first = await submitted(harness)
    await submitted(harness, replace(DRAFT, language="en", body="Check-in is from 3 to 7 pm."))

    world = harness.world
    await delete(
        harness.runtime, world.account_id, world.marta_id, first.template_id, harness.clock.now()
    )

    assert [one.language for one in harness.meta.simulator.store.templates] == ["en"]
    found = await rows(harness)
    assert found["promemoria_check_in", "it"].hidden_at is not None
    assert found["promemoria_check_in", "en"].hidden_at is None


async def test_what_meta_does_not_have_is_gone_all_the_same(harness: SendHarness) -> None:
    made = await submitted(harness)
    harness.meta.simulator.store.templates.clear()
    await delete(
        harness.runtime, harness.world.account_id, None, made.template_id, harness.clock.now()
    )
    assert (await rows(harness))["promemoria_check_in", "it"].hidden_at is not None


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("80007", TemplateProblem.TOO_MANY_AT_ONCE),
        ("190", TemplateProblem.CREDENTIALS),
        ("100", TemplateProblem.REFUSED),
    ],
)
async def test_a_deletion_that_meta_refuses_says_why(
    harness: SendHarness, fault: str, problem: TemplateProblem
) -> None:
    made = await submitted(harness)
    harness.meta.simulator.faults.set({"templates": [fault]})
    with pytest.raises(MetaRefusedError) as refused:
        await delete(
            harness.runtime, harness.world.account_id, None, made.template_id, harness.clock.now()
        )
    assert refused.value.problem is problem
    assert (await rows(harness))["promemoria_check_in", "it"].hidden_at is None


async def test_what_meta_cannot_be_asked_to_delete_stays(harness: SendHarness) -> None:
    made = await submitted(harness)
    harness.meta.simulator.faults.sends.append("no_connection")
    with pytest.raises(MetaRefusedError) as refused:
        await delete(
            harness.runtime, harness.world.account_id, None, made.template_id, harness.clock.now()
        )
    assert refused.value.problem is TemplateProblem.UNREACHABLE
    assert (await rows(harness))["promemoria_check_in", "it"].hidden_at is None


async def test_another_accounts_template_is_not_there(harness: SendHarness) -> None:
    async with harness.database.transaction() as session:
        other = await make_account(session, harness.clock.now())
        template = await here(session, harness.world, harness.clock.now())
    with pytest.raises(NotFoundError):
        await delete(harness.runtime, other, None, template.id, harness.clock.now())
    assert harness.meta.wire.calls == []
