"""A photo or a PDF is uploaded and then shown by a message; whatever happens on the way, each is
sent once or known not to be (M2, M6)."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from inbox_app.channels.whatsapp.uploads import KEPT_FOR
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import DeliveryStatus, MessageKind
from inbox_app.models import LastInbound, Media
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.services.sending.retry_send import retry
from tests.support.outbox import ADA, SendHarness
from tests.support.samples import sample_files as files
from tests.support.sent_files import queue, sent, uploads

pytestmark = pytest.mark.anyio
QUEUED, SENT, FAILED = DeliveryStatus.QUEUED, DeliveryStatus.SENT, DeliveryStatus.FAILED
WAITING, UNKNOWN = DeliveryStatus.WAITING, DeliveryStatus.UNKNOWN
PHOTO = (MessageKind.IMAGE, "image/jpeg", "casa.jpg", files.photo())
PDF = (MessageKind.DOCUMENT, "application/pdf", "Regole della casa.pdf", files.pdf())


async def writes_again(harness: SendHarness) -> None:
    chat = harness.meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, ADA)
    chat.last_written_at = int(harness.clock.now().timestamp())
    async with harness.database.transaction() as session:
        await session.exec(update(LastInbound).values(last_inbound_at=harness.clock.now()))


async def try_again(harness: SendHarness, message_id: int) -> None:
    async with harness.database.transaction() as session:
        await retry(session, harness.world.account_id, message_id, harness.clock.now())
    await harness.drain()


async def test_a_photo_goes_with_its_caption(harness: SendHarness) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO, "La *vista* dal balcone")
    await harness.drain()

    shown = sent(harness)[0]
    assert shown["type"] == "image"
    assert shown["image"]["caption"] == "La *vista* dal balcone"
    kept = harness.meta.simulator.media.get(shown["image"]["id"])
    assert kept.path.read_bytes() == files.photo()
    assert (await harness.message(message_id)).status is SENT


async def test_a_document_goes_under_its_name(harness: SendHarness) -> None:
    await queue(harness, await harness.writes(), PDF)
    await harness.drain()

    document = sent(harness)[0]["document"]
    assert document.keys() == {"id", "filename"}
    assert document["filename"] == "Regole della casa.pdf"


async def test_several_leave_in_their_order_among_the_texts(harness: SendHarness) -> None:
    conversation_id = await harness.writes()
    await harness.queue(conversation_id, "Ecco le foto")
    await queue(harness, conversation_id, PHOTO, "1")
    await queue(harness, conversation_id, PDF, "2")
    await harness.queue(conversation_id, "A presto")
    for _ in range(4):
        await harness.drain()

    assert [payload["type"] for payload in sent(harness)] == ["text", "image", "document", "text"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("no_connection", QUEUED),
        ("html_502", QUEUED),
        ("silent_after_acceptance", QUEUED),
        ("reset_after_acceptance", QUEUED),
        ("http_429", QUEUED),
        ("server_error", QUEUED),
        ("130429", QUEUED),
        ("131053", FAILED),
        ("100", FAILED),
        ("190", WAITING),
    ],
)
async def test_an_upload_that_goes_wrong_is_never_unknown(
    harness: SendHarness, fault: str, status: DeliveryStatus
) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO)
    harness.meta.simulator.faults.uploads.append(fault)
    await harness.drain()

    assert (await harness.message(message_id)).status is status
    assert sent(harness) == []
    if status is QUEUED:
        harness.clock.move(timedelta(minutes=5))
        await harness.drain()
        assert (await harness.message(message_id)).status is SENT
        assert len(sent(harness)) == 1


@pytest.mark.parametrize("fault", ["no_connection", "131056", "server_error"])
async def test_what_was_uploaded_once_is_not_uploaded_again(
    harness: SendHarness, fault: str
) -> None:
    message_id = await queue(harness, await harness.writes(), PDF)
    harness.meta.simulator.faults.sends.append(fault)
    await harness.drain()
    harness.clock.move(timedelta(minutes=5))
    await harness.drain()

    assert (await harness.message(message_id)).status is SENT
    assert uploads(harness) == 1


async def test_a_message_that_may_have_left_is_unknown_and_tried_again_with_the_same_file(
    harness: SendHarness,
) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO)
    harness.meta.simulator.faults.sends.append("silent_after_acceptance")
    await harness.drain()
    assert (await harness.message(message_id)).status is UNKNOWN

    harness.clock.move(timedelta(minutes=11))
    await try_again(harness, message_id)
    assert (await harness.message(message_id)).status is SENT
    assert uploads(harness) == 1


async def test_a_file_that_meta_has_forgotten_is_uploaded_again(harness: SendHarness) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO)
    harness.meta.simulator.faults.sends.append("131051")
    await harness.drain()
    harness.meta.simulator.media.forget(sent(harness)[0]["image"]["id"])
    await try_again(harness, message_id)

    assert (await harness.message(message_id)).status is SENT
    assert uploads(harness) == 2


async def test_an_upload_older_than_meta_keeps_it_is_not_relied_on(harness: SendHarness) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO)
    harness.meta.simulator.faults.sends.append("131051")
    await harness.drain()
    harness.clock.move(KEPT_FOR)
    await writes_again(harness)
    await try_again(harness, message_id)

    assert (await harness.message(message_id)).status is SENT
    assert len(sent(harness)) == uploads(harness) == 2


async def test_a_file_that_is_gone_from_here_is_said_to_be(harness: SendHarness) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO)
    async with harness.database.reading() as session:
        query = select(Media).where(col(Media.message_id) == message_id)
        media = (await session.exec(query)).one()
    await harness.runtime.storage.delete(media.sha256 or "")
    await harness.drain()

    message = await harness.message(message_id)
    assert (message.status, message.remedy) == (FAILED, Remedy.INVALID)
    assert sent(harness) == []


async def test_a_file_whose_window_closes_before_it_leaves_is_refused_before_meta(
    harness: SendHarness,
) -> None:
    message_id = await queue(harness, await harness.writes(), PHOTO, "Ecco")
    harness.clock.move(timedelta(hours=25))
    await harness.drain()

    message = await harness.message(message_id)
    assert (message.status, message.error_code) == (FAILED, 131047)
    assert harness.meta.wire.calls == []

    await writes_again(harness)
    await try_again(harness, message_id)
    assert (await harness.message(message_id)).status is SENT
