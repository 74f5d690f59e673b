"""A new template reaches Meta once, under a name she takes; nothing is lost when it does not
(T4)."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from inbox_app.channels.whatsapp.templates.draft import TemplateDraft
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.templates import (
    DraftField,
    DraftProblem,
    TemplateCategory,
    TemplateProblem,
    TemplateState,
)
from inbox_app.live import Change
from inbox_app.models import AuditEntry, Connection, ConnectionState, Template
from inbox_app.workflows.templates.delete_template import delete
from inbox_app.workflows.templates.refresh_templates import refresh
from inbox_app.workflows.templates.submit_template import (
    DraftRefusedError,
    MetaRefusedError,
    Submitted,
    submit,
)
from tests.support.factories import make_account
from tests.support.outbox import SendHarness
from tests.support.templates import all_templates, at_meta, here

pytestmark = pytest.mark.anyio

DRAFT = TemplateDraft(
    category=TemplateCategory.UTILITY,
    internal_name="Promemoria check-in",
    body="Buongiorno, il check-in è dalle 15 alle 19.",
    language="it",
)


async def submitted(harness: SendHarness, draft: TemplateDraft = DRAFT) -> Submitted:
    world = harness.world
    return await submit(
        harness.runtime, world.account_id, world.marta_id, draft, harness.clock.now()
    )


async def rows(harness: SendHarness) -> dict[tuple[str, str], Template]:
    async with harness.database.reading() as session:
        return await all_templates(session)


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
