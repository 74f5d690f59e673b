"""Nothing is lost of a template that Meta refuses or does not answer (T4)."""

import pytest

from inbox_app.domain.templates import TemplateProblem
from inbox_app.models import Connection, ConnectionState
from inbox_app.workflows.templates.refresh_templates import refresh
from inbox_app.workflows.templates.submit_template import DraftRefusedError, MetaRefusedError
from tests.support.outbox import SendHarness
from tests.workflows.submitting import rows, submitted

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("2388019", TemplateProblem.LIMIT_REACHED),
        ("2388040", TemplateProblem.TOO_LONG),
        ("2388047", TemplateProblem.FORMAT),
        ("2388072", TemplateProblem.FORMAT),
        ("2388073", TemplateProblem.FORMAT),
        ("2388185", TemplateProblem.NOT_ALLOWED),
        ("2388293", TemplateProblem.VARIABLES),
        ("2388299", TemplateProblem.VARIABLES),
        ("80007", TemplateProblem.TOO_MANY_AT_ONCE),
        ("http_429", TemplateProblem.TOO_MANY_AT_ONCE),
        ("100", TemplateProblem.REFUSED),
    ],
)
async def test_what_meta_refuses_is_told_in_her_words_and_nothing_is_kept(
    harness: SendHarness, fault: str, problem: TemplateProblem
) -> None:
    harness.meta.simulator.faults.set({"templates": [fault]})
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is problem
    assert fault == "http_429" or refused.value.words
    assert await rows(harness) == {}
    assert (await harness.connection()).state is ConnectionState.ACTIVE


async def test_refused_credentials_are_the_connections_trouble(harness: SendHarness) -> None:
    harness.meta.simulator.faults.set({"templates": ["190"]})
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is TemplateProblem.CREDENTIALS
    assert (await harness.connection()).state is ConnectionState.CREDENTIALS_REFUSED
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is TemplateProblem.CREDENTIALS


async def test_without_a_connection_nothing_is_made(harness: SendHarness) -> None:
    async with harness.database.transaction() as session:
        connection = await session.get_one(Connection, harness.world.connection_id)
        connection.state = ConnectionState.DISCONNECTED
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is TemplateProblem.NOT_CONNECTED


async def test_when_meta_cannot_be_reached_it_can_be_tried_again(harness: SendHarness) -> None:
    harness.meta.simulator.faults.sends.append("no_connection")
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is TemplateProblem.UNREACHABLE
    await submitted(harness)


async def test_an_unanswered_one_is_looked_for_in_the_list(harness: SendHarness) -> None:
    """It may have been made: the list tells, and a second try finds it there."""
    harness.meta.simulator.faults.sends.append("silent_after_acceptance")
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(harness)
    assert refused.value.problem is TemplateProblem.UNCERTAIN
    assert (await harness.number()).templates_wanted_at is not None

    await refresh(harness.runtime, harness.world.account_id, harness.clock.now())
    assert ("promemoria_check_in", "it") in await rows(harness)
    with pytest.raises(DraftRefusedError):
        await submitted(harness)
