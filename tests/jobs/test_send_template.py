"""A queued template leaves by Meta's name of it, unless it may not any more at that moment."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from inbox_app.domain.messages import DeliveryStatus, Origin
from inbox_app.models import Address, Connection, ConnectionState, Template
from inbox_app.services.sending.retry_send import retry
from inbox_app.services.templates.apply_templates import told
from inbox_app.services.templates.send_template import queue_template
from tests.support.outbox import SendHarness
from tests.support.templates import CHECK_IN, at_meta, here

pytestmark = pytest.mark.anyio

ADA = "393471234567"


async def queued(
    harness: SendHarness, *, at_metas: dict[str, Any] | None = None, **changes: Any
) -> int:
    """A template on its way to Ada, who wrote long ago; the message's id."""
    conversation_id = await harness.writes(ADA)
    harness.clock.move(timedelta(hours=30))
    at_meta(harness.meta.simulator.store, **(at_metas or {}))
    async with harness.database.transaction() as session:
        template = await here(session, harness.world, harness.clock.now(), **changes)
        message = await queue_template(
            session,
            account_id=harness.world.account_id,
            conversation_id=conversation_id,
            template_id=template.id,
            author_id=harness.world.marta_id,
            origin=Origin.PM,
            client_ref=None,
            now=harness.clock.now(),
        )
    return message.id


async def test_it_goes_by_name_and_language_alone_into_a_closed_window(
    harness: SendHarness,
) -> None:
    message_id = await queued(harness, internal_name="Il check-in")

    await harness.drain()

    (call,) = harness.meta.wire.calls
    sent = json.loads(call.content)
    assert sent["type"] == "template"
    assert sent["template"] == {"name": "check_in", "language": {"code": "it"}}
    assert sent["to"] == f"+{ADA}"
    message = await harness.message(message_id)
    assert (message.status, message.text) == (DeliveryStatus.SENT, CHECK_IN)
    assert message.provider_id
    assert sent["biz_opaque_callback_data"] == message.ref


@pytest.mark.parametrize(
    ("meta_status", "code"),
    [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001), ("PENDING", 132001)],
)
async def test_one_that_is_accepted_no_more_when_its_turn_comes_does_not_leave(
    harness: SendHarness, meta_status: str, code: int
) -> None:
    message_id = await queued(harness)
    async with harness.database.transaction() as session:
        template = (await session.exec(select(Template))).one()
        for column, value in told(meta_status, "utility", template.components).items():
            setattr(template, column, value)

    await harness.drain()

    message = await harness.message(message_id)
    assert (message.status, message.error_code) == (DeliveryStatus.FAILED, code)
    assert harness.meta.wire.calls == []


async def test_one_that_is_gone_when_its_turn_comes_does_not_leave(harness: SendHarness) -> None:
    message_id = await queued(harness)
    async with harness.database.transaction() as session:
        (await session.exec(select(Template))).one().hidden_at = harness.clock.now()
    await harness.drain()
    assert (await harness.message(message_id)).error_code == 132001
    assert harness.meta.wire.calls == []


async def test_who_stopped_marketing_meanwhile_gets_none(harness: SendHarness) -> None:
    message_id = await queued(harness, category="marketing")
    async with harness.database.transaction() as session:
        (await session.exec(select(Address))).one().marketing_stopped_at = harness.clock.now()
    await harness.drain()
    assert (await harness.message(message_id)).error_code == 131050
    assert harness.meta.wire.calls == []


@pytest.mark.postgresql("its statements")
async def test_credentials_that_are_refused_meanwhile_hold_a_template(harness: SendHarness) -> None:
    message_id = await queued(harness)
    async with harness.database.transaction() as session:
        connection = (await session.exec(select(Connection))).one()
        connection.state = ConnectionState.CREDENTIALS_REFUSED
    await harness.drain()
    assert (await harness.message(message_id)).status is DeliveryStatus.WAITING
    assert harness.meta.wire.calls == []


@pytest.mark.postgresql("its statements")
@pytest.mark.parametrize(
    ("at_metas", "code"),
    [
        ({"status": "PAUSED"}, 132015),
        ({"status": "DISABLED"}, 132016),
        ({"language": "en"}, 132001),
    ],
)
async def test_what_meta_has_otherwise_fails_and_has_the_list_read(
    harness: SendHarness, at_metas: dict[str, Any], code: int
) -> None:
    message_id = await queued(harness, at_metas=at_metas)
    await harness.drain()
    message = await harness.message(message_id)
    assert (message.status, message.error_code) == (DeliveryStatus.FAILED, code)
    assert message.error_message
    assert (await harness.number()).templates_wanted_at is not None


@pytest.mark.postgresql("its statements")
async def test_a_refusal_of_marketing_is_remembered(harness: SendHarness) -> None:
    await queued(harness, category="marketing")
    harness.meta.simulator.faults.sends.append("131050")
    await harness.drain()
    async with harness.database.reading() as session:
        address = (await session.exec(select(Address))).one()
    assert address.marketing_stopped_at == harness.clock.now()


@pytest.mark.postgresql("its statements")
async def test_riprova_sends_the_template_again(harness: SendHarness) -> None:
    message_id = await queued(harness)
    harness.meta.simulator.faults.sends.append("131042")
    await harness.drain()
    assert (await harness.message(message_id)).status is DeliveryStatus.FAILED

    async with harness.database.transaction() as session:
        await retry(session, harness.world.account_id, message_id, harness.clock.now())
    await harness.drain()

    assert (await harness.message(message_id)).status is DeliveryStatus.SENT
    kinds = [json.loads(call.content)["type"] for call in harness.meta.wire.calls]
    assert kinds == ["template", "template"]


async def test_one_that_is_held_for_refused_credentials_needs_no_open_window_afterwards(
    harness: SendHarness,
) -> None:
    message_id = await queued(harness)
    harness.meta.simulator.faults.sends.append("190")
    await harness.drain()
    assert (await harness.message(message_id)).status is DeliveryStatus.WAITING
    async with harness.database.transaction() as session:
        connection = await session.get_one(Connection, harness.world.connection_id)
        connection.state = ConnectionState.ACTIVE

    await harness.drain()

    assert (await harness.message(message_id)).status is DeliveryStatus.SENT
