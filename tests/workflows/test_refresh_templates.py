"""The list of templates is read from Meta as it is there, to its end (T1, T5)."""

from datetime import timedelta

import httpx
import pytest
from sqlmodel import select

from inbox_app.domain.templates import TemplateState
from inbox_app.models import AuditEntry, Template
from inbox_app.sandbox.demo.templates import demo_templates
from inbox_app.workflows.templates.refresh_templates import RefreshError
from tests.support.outbox import SendHarness
from tests.support.templates import all_templates, at_meta, here
from tests.workflows.reading_templates import read, rows, store, sync

pytestmark = pytest.mark.anyio


@pytest.mark.postgresql("upserts")
async def test_what_meta_has_is_shown_with_its_words_and_state(harness: SendHarness) -> None:
    for template in demo_templates():
        store(harness).put(template)

    assert await read(harness) == len(demo_templates())

    found = await rows(harness)
    states = {key: row.state for key, row in found.items()}
    assert states["arrival_reminder", "de"] is TemplateState.ACCEPTED
    assert states["review_request", "en"] is TemplateState.PENDING
    assert states["owner_report", "it"] is TemplateState.PENDING
    assert states["document_check", "it"] is TemplateState.CANCELLED
    assert states["login_code", "it"] is TemplateState.INCOMPATIBLE
    assert found["owner_report", "it"].meta_status == "UNDER_SECOND_REVIEW"
    assert found["document_check", "it"].meta_reason == "SCAM"
    assert found["arrival_reminder", "de"].meta_reason is None
    assert found["review_request", "en"].quality == "RED"
    rules = found["house_rules", "it"]
    assert (rules.header, rules.footer) == ("Le regole della casa", "Case del Sole")
    assert rules.internal_name == "house_rules"
    assert found["winter_by_the_sea", "it"].previous_category == "utility"
    assert set(states.values()) == set(TemplateState)


async def test_a_list_of_several_pages_is_read_to_its_end(harness: SendHarness) -> None:
    for number in range(250):
        at_meta(store(harness), f"t{number}")

    assert await read(harness) == 250
    assert len(await rows(harness)) == 250
    assert len(harness.meta.wire.calls) == 3


async def test_an_empty_list_is_no_failure(harness: SendHarness) -> None:
    assert await read(harness) == 0
    assert (await sync(harness))["read_at"] > 0


async def test_a_place_that_meta_has_lost_is_found_again_from_the_beginning(
    harness: SendHarness,
) -> None:
    for number in range(250):
        at_meta(store(harness), f"t{number}")
    inside = harness.meta.wire.inside

    class Forgetful(httpx.AsyncBaseTransport):
        """Loses the place of the third page, once."""

        calls = 0

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.calls += 1
            if self.calls == 3:
                error = {"error": {"message": "(#131059) Invalid cursor", "code": 131059}}
                return httpx.Response(400, json=error)
            return await inside.handle_async_request(request)

    harness.meta.wire.inside = Forgetful()
    await read(harness)
    assert len(await rows(harness)) == 250


@pytest.mark.postgresql("its statements")
async def test_what_meta_lists_no_more_is_hidden_and_comes_back_when_she_does(
    harness: SendHarness,
) -> None:
    gone = at_meta(store(harness), "gone")
    at_meta(store(harness), "stays")
    await read(harness)
    store(harness).take_away([gone])
    await read(harness)

    found = await rows(harness)
    assert found["gone", "it"].hidden_at is not None
    assert found["stays", "it"].hidden_at is None

    store(harness).put(gone)
    await read(harness)
    assert (await rows(harness))["gone", "it"].hidden_at is None


async def test_nothing_is_hidden_by_a_list_that_was_not_read_to_its_end(
    harness: SendHarness,
) -> None:
    for number in range(150):
        at_meta(store(harness), f"t{number}")
    await read(harness)
    inside, calls = harness.meta.wire.inside, 0

    class Breaking(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal calls
            calls += 1
            if calls == 2:
                raise httpx.ReadTimeout("no answer", request=request)
            return await inside.handle_async_request(request)

    harness.meta.wire.inside = Breaking()
    with pytest.raises(RefreshError):
        await read(harness)
    assert all(row.hidden_at is None for row in (await rows(harness)).values())


@pytest.mark.postgresql("rows are locked")
async def test_a_template_made_or_changed_here_while_the_list_is_read_is_left_as_it_is(
    harness: SendHarness,
) -> None:
    """Meta may have made up the page before that."""
    told = at_meta(store(harness), "told")
    fresh = at_meta(store(harness), "fresh")
    store(harness).take_away([fresh])
    await read(harness)
    inside = harness.meta.wire.inside

    class Overtaken(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await inside.handle_async_request(request)
            harness.clock.move(timedelta(seconds=1))
            async with harness.database.transaction() as session:
                row = (await all_templates(session))["told", "it"]
                row.meta_status, row.state = "PAUSED", TemplateState.PENDING
                row.updated_at = harness.clock.now()
                await here(session, harness.world, harness.clock.now(), "fresh")
            return response

    harness.meta.wire.inside = Overtaken()
    told.quality = "GREEN"
    await read(harness)

    found = await rows(harness)
    assert found["told", "it"].state is TemplateState.PENDING
    assert found["fresh", "it"].hidden_at is None


async def test_the_name_that_was_typed_here_outlives_the_reading(harness: SendHarness) -> None:
    at_meta(store(harness), status="PAUSED")
    async with harness.database.transaction() as session:
        await here(session, harness.world, harness.clock.now(), internal_name="Il check-in!")

    await read(harness)

    row = (await rows(harness))["check_in", "it"]
    assert (row.internal_name, row.state) == ("Il check-in!", TemplateState.PENDING)


async def test_a_category_that_meta_changed_is_shown_and_logged(harness: SendHarness) -> None:
    template = at_meta(store(harness))
    await read(harness)
    template.category = "MARKETING"
    await read(harness)
    await read(harness)

    row = (await rows(harness))["check_in", "it"]
    assert (row.category, row.previous_category) == ("marketing", "utility")
    async with harness.database.reading() as session:
        (entry,) = (await session.exec(select(AuditEntry))).all()
    assert entry.what == "template.category_changed"
    assert entry.details == {"by": "meta", "template": row.id, "from": "utility", "to": "marketing"}


@pytest.mark.postgresql("its statements")
async def test_a_name_used_again_keeps_nothing_of_the_deleted_template(
    harness: SendHarness,
) -> None:
    first = at_meta(store(harness))
    await read(harness)
    async with harness.database.transaction() as session:
        row = (await session.exec(select(Template))).one()
        row.quality, row.meta_advice = "RED", "Ask less."
    store(harness).take_away([first])
    second = at_meta(store(harness))
    await read(harness)

    row = (await rows(harness))["check_in", "it"]
    assert row.provider_id == second.id != first.id
    assert (row.quality, row.meta_advice, row.hidden_at) == ("UNKNOWN", None, None)
