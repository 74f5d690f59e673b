"""The list of templates is read from Meta as it is there, to its end (T1, T5)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from inbox_app.domain.templates import TemplateState
from inbox_app.jobs import refresh_templates
from inbox_app.live import Change
from inbox_app.models import AuditEntry, Connection, ConnectionState, Template
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplatesAround
from inbox_app.sandbox.demo.templates import demo_templates
from inbox_app.services.connecting import connect
from inbox_app.services.templates.request_refresh import request_refresh
from inbox_app.workflows.graph_connection import NotConnectedError
from inbox_app.workflows.refresh_templates import RefreshError, refresh
from tests.support.factories import WABA_ID
from tests.support.outbox import Desk
from tests.support.templates import all_templates, at_meta, here

pytestmark = pytest.mark.anyio


async def read(desk: Desk) -> int:
    return await refresh(desk.runtime, desk.world.account_id, desk.clock.now())


async def rows(desk: Desk) -> dict[tuple[str, str], Template]:
    async with desk.database.reading() as session:
        return await all_templates(session)


async def around(desk: Desk) -> TemplatesAround:
    async with desk.database.reading() as session:
        return await templates.around(session, desk.world.account_id)


def shelf(desk: Desk) -> Any:
    return desk.meta.simulator.shelf


@pytest.mark.postgresql("upserts")
async def test_what_meta_has_is_shown_with_its_words_and_state(desk: Desk) -> None:
    for template in demo_templates():
        shelf(desk).put(template)

    assert await read(desk) == len(demo_templates())

    found = await rows(desk)
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


async def test_a_list_of_several_pages_is_read_to_its_end(desk: Desk) -> None:
    for number in range(250):
        at_meta(shelf(desk), f"t{number}")

    assert await read(desk) == 250
    assert len(await rows(desk)) == 250
    assert len(desk.meta.wire.calls) == 3


async def test_an_empty_list_is_no_failure(desk: Desk) -> None:
    assert await read(desk) == 0
    assert (await around(desk))["read_at"] > 0


async def test_a_place_that_meta_has_lost_is_found_again_from_the_beginning(desk: Desk) -> None:
    for number in range(250):
        at_meta(shelf(desk), f"t{number}")
    inside = desk.meta.wire.inside

    class Forgetful(httpx.AsyncBaseTransport):
        """Loses the place of the third page, once."""

        calls = 0

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.calls += 1
            if self.calls == 3:
                error = {"error": {"message": "(#131059) Invalid cursor", "code": 131059}}
                return httpx.Response(400, json=error)
            return await inside.handle_async_request(request)

    desk.meta.wire.inside = Forgetful()
    await read(desk)
    assert len(await rows(desk)) == 250


@pytest.mark.postgresql("its statements")
async def test_what_meta_lists_no_more_is_hidden_and_comes_back_when_she_does(desk: Desk) -> None:
    gone = at_meta(shelf(desk), "gone")
    at_meta(shelf(desk), "stays")
    await read(desk)
    shelf(desk).take_away([gone])
    await read(desk)

    found = await rows(desk)
    assert found["gone", "it"].hidden_at is not None
    assert found["stays", "it"].hidden_at is None

    shelf(desk).put(gone)
    await read(desk)
    assert (await rows(desk))["gone", "it"].hidden_at is None


async def test_nothing_is_hidden_by_a_list_that_was_not_read_to_its_end(desk: Desk) -> None:
    for number in range(150):
        at_meta(shelf(desk), f"t{number}")
    await read(desk)
    inside, calls = desk.meta.wire.inside, 0

    class Breaking(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal calls
            calls += 1
            if calls == 2:
                raise httpx.ReadTimeout("no answer", request=request)
            return await inside.handle_async_request(request)

    desk.meta.wire.inside = Breaking()
    with pytest.raises(RefreshError):
        await read(desk)
    assert all(row.hidden_at is None for row in (await rows(desk)).values())


@pytest.mark.postgresql("rows are locked")
async def test_a_template_made_or_changed_here_while_the_list_is_read_is_left_as_it_is(
    desk: Desk,
) -> None:
    """Meta may have made up the page before that."""
    told = at_meta(shelf(desk), "told")
    fresh = at_meta(shelf(desk), "fresh")
    shelf(desk).take_away([fresh])
    await read(desk)
    inside = desk.meta.wire.inside

    class Overtaken(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            response = await inside.handle_async_request(request)
            desk.clock.move(timedelta(seconds=1))
            async with desk.database.transaction() as session:
                row = (await all_templates(session))["told", "it"]
                row.meta_status, row.state = "PAUSED", TemplateState.PENDING
                row.updated_at = desk.clock.now()
                await here(session, desk.world, desk.clock.now(), "fresh")
            return response

    desk.meta.wire.inside = Overtaken()
    told.quality = "GREEN"
    await read(desk)

    found = await rows(desk)
    assert found["told", "it"].state is TemplateState.PENDING
    assert found["fresh", "it"].hidden_at is None


async def test_the_name_that_was_typed_here_outlives_the_reading(desk: Desk) -> None:
    at_meta(shelf(desk), status="PAUSED")
    async with desk.database.transaction() as session:
        await here(session, desk.world, desk.clock.now(), internal_name="Il check-in!")

    await read(desk)

    row = (await rows(desk))["check_in", "it"]
    assert (row.internal_name, row.state) == ("Il check-in!", TemplateState.PENDING)


async def test_a_category_that_meta_changed_is_shown_and_logged(desk: Desk) -> None:
    template = at_meta(shelf(desk))
    await read(desk)
    template.category = "MARKETING"
    await read(desk)
    await read(desk)

    row = (await rows(desk))["check_in", "it"]
    assert (row.category, row.previous_category) == ("marketing", "utility")
    async with desk.database.reading() as session:
        (entry,) = (await session.exec(select(AuditEntry))).all()
    assert entry.what == "template.category_changed"
    assert entry.details == {"by": "meta", "template": row.id, "from": "utility", "to": "marketing"}


@pytest.mark.postgresql("its statements")
async def test_a_name_used_again_keeps_nothing_of_the_deleted_template(desk: Desk) -> None:
    first = at_meta(shelf(desk))
    await read(desk)
    async with desk.database.transaction() as session:
        row = (await session.exec(select(Template))).one()
        row.quality, row.meta_advice = "RED", "Ask less."
    shelf(desk).take_away([first])
    second = at_meta(shelf(desk))
    await read(desk)

    row = (await rows(desk))["check_in", "it"]
    assert row.provider_id == second.id != first.id
    assert (row.quality, row.meta_advice, row.hidden_at) == ("UNKNOWN", None, None)


async def test_a_reading_without_news_writes_nothing(desk: Desk) -> None:
    at_meta(shelf(desk))
    await read(desk)
    before = (await rows(desk))["check_in", "it"].updated_at
    desk.clock.move(timedelta(minutes=5))
    await read(desk)
    assert (await rows(desk))["check_in", "it"].updated_at == before


async def test_after_a_change_of_business_account_the_old_templates_are_hidden(
    desk: Desk,
) -> None:
    async with desk.database.transaction() as session:
        await here(session, desk.world, desk.clock.now(), waba_id="another")
    at_meta(shelf(desk), waba_id=WABA_ID)

    await read(desk)

    async with desk.database.reading() as session:
        found = (await session.exec(select(Template).order_by(col(Template.waba_id)))).all()
    assert [(row.waba_id, row.hidden_at is None) for row in found] == [
        (WABA_ID, True),
        ("another", False),
    ]


async def test_pages_are_told(desk: Desk) -> None:
    at_meta(shelf(desk))
    await read(desk)
    assert Change(desk.world.account_id) in desk.changes


async def test_a_failure_is_kept_in_metas_words_until_a_reading_succeeds(desk: Desk) -> None:
    inside = desk.meta.wire.inside

    class Busy(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            error = {"message": "(#80007) Rate limit issues", "code": 80007}
            return httpx.Response(400, json={"error": error})

    desk.meta.wire.inside = Busy()
    with pytest.raises(RefreshError, match="Rate limit"):
        await read(desk)
    assert (await around(desk))["failure"] == "(#80007) Rate limit issues"

    desk.meta.wire.inside = inside
    await read(desk)
    assert (await around(desk))["failure"] == ""


async def test_refused_credentials_are_the_connections_trouble(desk: Desk) -> None:
    async with desk.database.transaction() as session:
        connection = await session.get_one(Connection, desk.world.connection_id)
        connection.credentials_encrypted = desk.runtime.vault.encrypt("revoked")

    with pytest.raises(RefreshError):
        await read(desk)
    number = await desk.number()
    connection = number.connection
    assert connection.state is ConnectionState.CREDENTIALS_REFUSED
    assert connection.state_reason
    assert number.templates_failure

    with pytest.raises(NotConnectedError):
        await read(desk)


@pytest.mark.postgresql("its statements")
async def test_who_waits_is_served_by_the_loop_and_waits_no_more(desk: Desk) -> None:
    at_meta(shelf(desk))
    async with desk.database.transaction() as session:
        await request_refresh(session, desk.world.account_id, desk.clock.now())
    assert (await around(desk))["reading"]

    await refresh_templates.drain(desk.runtime)

    assert not (await around(desk))["reading"]
    assert len(await rows(desk)) == 1
    await refresh_templates.drain(desk.runtime)
    assert len(desk.meta.wire.calls) == 1


async def test_who_begins_to_wait_during_a_reading_gets_another(desk: Desk) -> None:
    inside = desk.meta.wire.inside
    later = desk.clock.now() + timedelta(seconds=1)

    class Watched(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            async with desk.database.transaction() as session:
                await request_refresh(session, desk.world.account_id, later)
            return await inside.handle_async_request(request)

    async with desk.database.transaction() as session:
        await request_refresh(session, desk.world.account_id, desk.clock.now())
    desk.meta.wire.inside = Watched()
    await refresh_templates.drain(desk.runtime)
    assert (await around(desk))["reading"]


@pytest.mark.postgresql("times are compared")
async def test_all_accounts_wait_every_few_minutes_unless_they_cannot_be_served(
    desk: Desk,
) -> None:
    await refresh_templates.request_all(desk.runtime)
    assert (await around(desk))["reading"]
    async with desk.database.transaction() as session:
        await connect.disconnect(session, desk.world.account_id, desk.clock.now())
    await refresh_templates.drain(desk.runtime)
    assert desk.meta.wire.calls == []
