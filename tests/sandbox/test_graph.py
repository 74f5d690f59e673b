"""The simulated Graph API answers as Meta's does, and refuses as Meta's does."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.transport import GraphRefusedError
from inbox_app.channels.whatsapp.webhooks import parser
from inbox_app.channels.whatsapp.webhooks.signature import verify
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, NUMBERS, TOKEN
from tests.support.servers.simulated_meta import SECRET, Clock, Meta, simulated_meta

pytestmark = pytest.mark.anyio

PHONE = DEMO_NUMBER.phone_number_id
ADA = "393471234567"
BASE = "http://meta/sandbox/graph"


@pytest.fixture
async def graph(meta: Meta) -> AsyncIterator[GraphClient]:
    async with httpx.AsyncClient(transport=meta.wire) as http:
        yield GraphClient(http, BASE, "v25.0", TOKEN)


def told(meta: Meta) -> list[tuple[str, str | None]]:
    """The statuses that were posted to us, with our reference."""
    events = [parser.parse(request.content) for request in meta.posted]
    return [(s.status_raw, s.opaque) for event in events for s in event.statuses]


def a_text(**changes: Any) -> dict[str, Any]:
    return messages.text("Buongiorno", wa_id=ADA, opaque="ours") | changes


async def ada_wrote(meta: Meta) -> None:
    content = {"type": "text", "text": {"body": "Buongiorno"}}
    await meta.simulator.write(DEMO_NUMBER, ADA, content)


async def test_a_send_in_an_open_window_is_sent_and_delivered(
    meta: Meta, graph: GraphClient
) -> None:
    await ada_wrote(meta)

    sent = await graph.send_message(PHONE, a_text())
    await meta.simulator.webhooks.settle()

    assert sent.provider_id.startswith("wamid.")
    assert sent.wa_id == ADA
    assert told(meta) == [("sent", "ours"), ("delivered", "ours")]


async def test_it_is_read_when_the_person_opens_the_chat(meta: Meta, graph: GraphClient) -> None:
    await ada_wrote(meta)
    await graph.send_message(PHONE, a_text())
    await meta.simulator.webhooks.settle()

    await meta.simulator.deliveries.open_chat("a tab", DEMO_NUMBER, ADA)

    assert told(meta)[-1] == ("read", "ours")


async def test_it_is_read_at_once_while_the_chat_is_open_and_not_after(
    meta: Meta, graph: GraphClient
) -> None:
    await ada_wrote(meta)
    await meta.simulator.deliveries.open_chat("a tab", DEMO_NUMBER, ADA)
    await graph.send_message(PHONE, a_text())
    await meta.simulator.webhooks.settle()
    meta.simulator.deliveries.close_chat("a tab")
    await graph.send_message(PHONE, a_text())
    await meta.simulator.webhooks.settle()

    names = [name for name, _ in told(meta)]
    assert names == ["sent", "delivered", "read", "sent", "delivered"]


async def test_every_delivery_is_signed_and_escaped_as_meta_does(meta: Meta) -> None:
    content = {"type": "text", "text": {"body": "a/b è 😍"}}
    await meta.simulator.write(DEMO_NUMBER, ADA, content)

    (request,) = meta.posted
    assert verify(request.content, request.headers["x-hub-signature-256"], [SECRET.encode()])
    assert rb"a\/b \u00e8 \ud83d\ude0d" in request.content
    (message,) = parser.parse(request.content).messages
    assert (message.text, message.sender.wa_id) == ("a/b è 😍", ADA)


async def test_deliveries_are_repeated_until_they_get_their_200(clock: Clock) -> None:
    answers = iter([500, 503, 200])
    meta = simulated_meta(clock, lambda _: next(answers))

    await ada_wrote(meta)
    await meta.simulator.webhooks.settle()

    assert len(meta.posted) == 3
    assert len({request.content for request in meta.posted}) == 1


@pytest.mark.parametrize("sync", [True, False])
async def test_a_closed_window_is_refused_at_once_or_by_a_status(
    meta: Meta, graph: GraphClient, clock: Clock, sync: bool
) -> None:
    await ada_wrote(meta)
    clock.move(timedelta(hours=24))
    meta.simulator.faults.sync_window = sync

    if sync:
        with pytest.raises(GraphRefusedError) as refused:
            await graph.send_message(PHONE, a_text())
        assert refused.value.answer.remedy is Remedy.WINDOW_CLOSED
    else:
        await graph.send_message(PHONE, a_text())
        await meta.simulator.webhooks.settle()
        (status,) = parser.parse(meta.posted[-1].content).statuses
        assert status.error is not None
        assert status.error.code == 131047


REFUSALS = [
    ({"to": "+390805550100"}, 131021),
    ({"to": ""}, 131008),
    ({"type": "sticker"}, 131051),
    ({"text": {"body": " "}}, 131008),
    ({"text": {"body": "x" * 4097}}, 100),
    ({"messaging_product": "sms"}, 100),
]


@pytest.mark.parametrize(("changes", "code"), REFUSALS)
async def test_what_meta_would_not_take_is_refused(
    graph: GraphClient, meta: Meta, changes: dict[str, Any], code: int
) -> None:
    await ada_wrote(meta)

    with pytest.raises(GraphRefusedError) as refused:
        await graph.send_message(PHONE, a_text(**changes))

    assert refused.value.answer.code == code


async def test_a_number_without_whatsapp_fails_later(meta: Meta, graph: GraphClient) -> None:
    await graph.send_message(PHONE, a_text(to="+393470000026"))
    await meta.simulator.webhooks.settle()

    (status,) = parser.parse(meta.posted[-1].content).statuses
    assert status.error is not None
    assert status.error.code == 131026


async def test_too_many_to_one_person_are_refused_until_some_time_has_passed(
    meta: Meta, graph: GraphClient, clock: Clock
) -> None:
    await ada_wrote(meta)
    for _ in range(45):
        await graph.send_message(PHONE, a_text())
    with pytest.raises(GraphRefusedError) as refused:
        await graph.send_message(PHONE, a_text())
    assert refused.value.answer.remedy is Remedy.PAIR_LIMITED

    clock.move(timedelta(seconds=6))

    await graph.send_message(PHONE, a_text())


async def test_another_token_or_another_number_gets_nowhere(meta: Meta, graph: GraphClient) -> None:
    with pytest.raises(GraphRefusedError) as refused:
        await graph.for_token("EAAanother").send_message(PHONE, a_text())
    assert refused.value.answer.remedy is Remedy.RECONNECT

    with pytest.raises(GraphRefusedError) as refused:
        await graph.send_message("999", a_text())
    assert refused.value.answer.remedy is Remedy.NOT_FOUND


async def test_a_number_is_known_by_whatsapps_own_spelling(meta: Meta, graph: GraphClient) -> None:
    sent = await graph.send_message(PHONE, a_text(to="+5531987654321"))

    assert sent.wa_id == "553187654321"


async def test_what_a_connection_asks_for_is_there(graph: GraphClient) -> None:
    token = await graph.debug_token(TOKEN)
    assert token["is_valid"]
    assert "whatsapp_business_messaging" in token["scopes"]
    assert not (await graph.debug_token("another"))["is_valid"]
    phone = await graph.get_phone_number(PHONE)
    assert phone["display_phone_number"] == DEMO_NUMBER.display
    waba = DEMO_NUMBER.waba_id
    assert [number["id"] for number in await graph.list_phone_numbers(waba)] == [PHONE]
    await graph.subscribe_app(waba)
    await graph.register(NUMBERS[1].phone_number_id, "123456")


async def test_reading_a_message_shows_on_the_phone(meta: Meta, graph: GraphClient) -> None:
    await ada_wrote(meta)
    (message,) = meta.simulator.phones.chat(PHONE, ADA).messages

    await graph.mark_read(PHONE, message.id)

    assert message.status == "read"
    with pytest.raises(GraphRefusedError):
        await graph.mark_read(PHONE, "wamid.unknown")


async def test_duplicate_shuffled_and_early_webhooks_are_to_be_had(
    meta: Meta, graph: GraphClient
) -> None:
    await ada_wrote(meta)
    meta.posted.clear()
    meta.simulator.faults.set({"duplicate": True, "shuffle": True})

    await graph.send_message(PHONE, a_text())
    await meta.simulator.webhooks.settle()

    assert [name for name, _ in told(meta)] == ["delivered", "delivered", "sent", "sent"]
    meta.posted.clear()
    meta.simulator.faults.clear()
    meta.simulator.faults.early = True
    await graph.send_message(PHONE, a_text())
    assert told(meta) == [("sent", "ours")]


@pytest.mark.parametrize(
    ("switches", "ends"),
    [
        ({}, ("delivered", False)),
        ({"unpaid": True}, ("delivered", False)),
        ({"used_up": True}, ("delivered", True)),
        ({"used_up": True, "unpaid": True}, ("failed", None)),
    ],
)
async def test_an_answer_is_free_until_the_month_s_are_used_up_and_then_wants_to_be_paid(
    meta: Meta, graph: GraphClient, switches: dict[str, bool], ends: tuple[str, bool | None]
) -> None:
    """C7: without a payment method the call succeeds all the same (whatsapp.md §13)."""
    await ada_wrote(meta)
    meta.simulator.faults.set(switches)
    await graph.send_message(PHONE, a_text())
    await meta.simulator.webhooks.settle()
    (status,) = parser.parse(meta.posted[-1].content).statuses
    assert (status.status_raw, status.charge and status.charge.billed) == ends
