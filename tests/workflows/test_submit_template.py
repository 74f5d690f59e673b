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
from inbox_app.workflows.delete_template import delete
from inbox_app.workflows.refresh_templates import refresh
from inbox_app.workflows.submit_template import (
    DraftRefusedError,
    MetaRefusedError,
    Submitted,
    submit,
)
from tests.support.factories import make_account
from tests.support.outbox import Desk
from tests.support.templates import all_templates, at_meta, here

pytestmark = pytest.mark.anyio

DRAFT = TemplateDraft(
    category=TemplateCategory.UTILITY,
    internal_name="Promemoria check-in",
    body="Buongiorno, il check-in è dalle 15 alle 19.",
    language="it",
)


async def submitted(desk: Desk, draft: TemplateDraft = DRAFT) -> Submitted:
    world = desk.world
    return await submit(desk.runtime, world.account_id, world.marta_id, draft, desk.clock.now())


async def rows(desk: Desk) -> dict[tuple[str, str], Template]:
    async with desk.database.reading() as session:
        return await all_templates(session)


def asked(desk: Desk) -> list[Any]:
    return [json.loads(call.content) for call in desk.meta.wire.calls if call.method == "POST"]


async def test_it_waits_for_meta_under_the_name_that_was_typed(desk: Desk) -> None:
    made = await submitted(desk, replace(DRAFT, internal_name="  Promemoria  check-in "))

    assert (made.state, made.category) == (TemplateState.PENDING, "utility")
    row = (await rows(desk))["promemoria_check_in", "it"]
    assert row.id == made.template_id
    assert row.internal_name == "Promemoria check-in"
    assert (row.body, row.created_by) == (DRAFT.body, desk.world.marta_id)
    assert row.provider_id == desk.meta.simulator.shelf.templates[0].id
    assert asked(desk) == [
        {
            "name": "promemoria_check_in",
            "language": "it",
            "category": "UTILITY",
            "components": [{"type": "BODY", "text": DRAFT.body}],
        }
    ]
    assert Change(desk.world.account_id) in desk.changes


async def test_a_draft_is_checked_on_the_server_too_and_meta_is_not_asked(desk: Desk) -> None:
    with pytest.raises(DraftRefusedError) as refused:
        await submitted(desk, replace(DRAFT, body="Ciao {{1}}", language="pt"))
    assert refused.value.problems == (
        (DraftField.BODY, DraftProblem.VARIABLE),
        (DraftField.LANGUAGE, DraftProblem.NO_SUCH_LANGUAGE),
    )
    assert desk.meta.wire.calls == []


@pytest.mark.postgresql("two at once")
async def test_a_second_click_finds_the_first_ones_template(desk: Desk) -> None:
    results = await asyncio.gather(submitted(desk), submitted(desk), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["DraftRefusedError", "Submitted"]
    assert len(desk.meta.simulator.shelf.templates) == 1


async def test_other_languages_of_a_template_share_its_name_at_meta(desk: Desk) -> None:
    await submitted(desk)
    await submitted(desk, replace(DRAFT, language="en-GB", body="Check-in is from 3 to 7 pm."))
    await submitted(desk, replace(DRAFT, language="pt-BR", body="O check-in é das 15 às 19."))

    assert set(await rows(desk)) == {
        ("promemoria_check_in", "it"),
        ("promemoria_check_in", "en_GB"),
        ("promemoria_check_in", "pt_BR"),
    }


async def test_another_category_is_another_name(desk: Desk) -> None:
    """Meta gives all languages of a name one category."""
    await submitted(desk)
    other = replace(DRAFT, category=TemplateCategory.MARKETING, language="en", body="Come again.")
    await submitted(desk, other)
    assert ("promemoria_check_in_2", "en") in await rows(desk)


async def test_a_name_that_only_meta_knows_to_be_taken_is_numbered(desk: Desk) -> None:
    at_meta(desk.meta.simulator.shelf, "promemoria_check_in")
    await submitted(desk)
    assert ("promemoria_check_in_2", "it") in await rows(desk)
    assert [call["name"] for call in asked(desk)] == [
        "promemoria_check_in",
        "promemoria_check_in_2",
    ]


async def test_when_every_name_is_taken_it_says_so(desk: Desk) -> None:
    desk.meta.simulator.faults.set({"templates": ["2388024"] * 3})
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is TemplateProblem.NAME_TAKEN
    assert await rows(desk) == {}


async def test_a_category_that_meta_changes_at_once_is_shown_and_logged(desk: Desk) -> None:
    made = await submitted(desk, replace(DRAFT, body="Solo per oggi sconto del 20%"))

    assert made.category == "marketing"
    row = (await rows(desk))["promemoria_check_in", "it"]
    assert (row.category, row.previous_category) == ("marketing", "utility")
    async with desk.database.reading() as session:
        query = select(AuditEntry.what).order_by(col(AuditEntry.id))
        assert (await session.exec(query)).all() == [
            "template.created",
            "template.category_changed",
        ]


@pytest.mark.postgresql("its statements")
async def test_one_that_meta_refuses_at_once_is_kept_and_its_reason_is_fetched(
    desk: Desk,
) -> None:
    """Her answer says REJECTED, and not why: the list does."""
    made = await submitted(desk, replace(DRAFT, body="REJECTME NOW, per favore"))

    assert made.state is TemplateState.CANCELLED
    assert (await desk.number()).templates_wanted_at is not None
    await refresh(desk.runtime, desk.world.account_id, desk.clock.now())
    row = (await rows(desk))["promemoria_check_in", "it"]
    assert (row.meta_status, row.meta_reason) == ("REJECTED", "ABUSIVE_CONTENT")


@pytest.mark.postgresql("its statements")
async def test_the_name_of_a_deleted_template_is_numbered_for_as_long_as_meta_keeps_it(
    desk: Desk,
) -> None:
    made = await submitted(desk)
    await desk.meta.simulator.poster.settle()
    await delete(desk.runtime, desk.world.account_id, None, made.template_id, desk.clock.now())
    await submitted(desk)
    assert ("promemoria_check_in_2", "it") in await rows(desk)


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
    desk: Desk, fault: str, problem: TemplateProblem
) -> None:
    desk.meta.simulator.faults.set({"templates": [fault]})
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is problem
    assert fault == "http_429" or refused.value.words
    assert await rows(desk) == {}
    assert (await desk.connection()).state is ConnectionState.ACTIVE


async def test_refused_credentials_are_the_connections_trouble(desk: Desk) -> None:
    desk.meta.simulator.faults.set({"templates": ["190"]})
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is TemplateProblem.CREDENTIALS
    assert (await desk.connection()).state is ConnectionState.CREDENTIALS_REFUSED
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is TemplateProblem.CREDENTIALS


async def test_without_a_connection_nothing_is_made(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        connection = await session.get_one(Connection, desk.world.connection_id)
        connection.state = ConnectionState.DISCONNECTED
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is TemplateProblem.NOT_CONNECTED


async def test_when_meta_cannot_be_reached_it_can_be_tried_again(desk: Desk) -> None:
    desk.meta.simulator.faults.sends.append("no_connection")
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is TemplateProblem.UNREACHABLE
    await submitted(desk)


async def test_an_unanswered_one_is_looked_for_in_the_list(desk: Desk) -> None:
    """It may have been made: the list tells, and a second try finds it there."""
    desk.meta.simulator.faults.sends.append("silent_after_acceptance")
    with pytest.raises(MetaRefusedError) as refused:
        await submitted(desk)
    assert refused.value.problem is TemplateProblem.UNCERTAIN
    assert (await desk.number()).templates_wanted_at is not None

    await refresh(desk.runtime, desk.world.account_id, desk.clock.now())
    assert ("promemoria_check_in", "it") in await rows(desk)
    with pytest.raises(DraftRefusedError):
        await submitted(desk)


@pytest.mark.postgresql("its statements")
async def test_one_language_is_deleted_at_meta_and_hidden_here(desk: Desk) -> None:
    first = await submitted(desk)
    await submitted(desk, replace(DRAFT, language="en", body="Check-in is from 3 to 7 pm."))

    world = desk.world
    await delete(
        desk.runtime, world.account_id, world.marta_id, first.template_id, desk.clock.now()
    )

    assert [one.language for one in desk.meta.simulator.shelf.templates] == ["en"]
    found = await rows(desk)
    assert found["promemoria_check_in", "it"].hidden_at is not None
    assert found["promemoria_check_in", "en"].hidden_at is None


async def test_what_meta_does_not_have_is_gone_all_the_same(desk: Desk) -> None:
    made = await submitted(desk)
    desk.meta.simulator.shelf.templates.clear()
    await delete(desk.runtime, desk.world.account_id, None, made.template_id, desk.clock.now())
    assert (await rows(desk))["promemoria_check_in", "it"].hidden_at is not None


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ("80007", TemplateProblem.TOO_MANY_AT_ONCE),
        ("190", TemplateProblem.CREDENTIALS),
        ("100", TemplateProblem.REFUSED),
    ],
)
async def test_a_deletion_that_meta_refuses_says_why(
    desk: Desk, fault: str, problem: TemplateProblem
) -> None:
    made = await submitted(desk)
    desk.meta.simulator.faults.set({"templates": [fault]})
    with pytest.raises(MetaRefusedError) as refused:
        await delete(desk.runtime, desk.world.account_id, None, made.template_id, desk.clock.now())
    assert refused.value.problem is problem
    assert (await rows(desk))["promemoria_check_in", "it"].hidden_at is None


async def test_what_meta_cannot_be_asked_to_delete_stays(desk: Desk) -> None:
    made = await submitted(desk)
    desk.meta.simulator.faults.sends.append("no_connection")
    with pytest.raises(MetaRefusedError) as refused:
        await delete(desk.runtime, desk.world.account_id, None, made.template_id, desk.clock.now())
    assert refused.value.problem is TemplateProblem.UNREACHABLE
    assert (await rows(desk))["promemoria_check_in", "it"].hidden_at is None


async def test_another_accounts_template_is_not_there(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        other = await make_account(session, desk.clock.now())
        template = await here(session, desk.world, desk.clock.now())
    with pytest.raises(NotFoundError):
        await delete(desk.runtime, other, None, template.id, desk.clock.now())
    assert desk.meta.wire.calls == []
