"""What the simulator does not play or cannot read it refuses in Graph's own way (X5)."""

import hashlib
from typing import Any

import httpx
import pytest
from pywa.errors import WhatsAppError
from pywa_async.client import WhatsApp

from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.sandbox.simulator.samples import fixed_sample
from tests.sandbox.by_pywa.people import ADA
from tests.support.servers.simulated_meta import Meta

pytestmark = pytest.mark.anyio


NUMBER_PATH = f"/v25.0/{DEMO_NUMBER.phone_number_id}"


async def test_it_does_not_block_who_never_wrote(pywa: WhatsApp) -> None:
    with pytest.raises(WhatsAppError) as refused:
        await pywa.block_users([ADA])
    assert refused.value.code == 139100


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{NUMBER_PATH}/whatsapp_business_profile"),
        ("POST", f"/v25.0/{DEMO_NUMBER.waba_id}/flows"),
        ("PUT", f"{NUMBER_PATH}/messages"),
        ("GET", f"{NUMBER_PATH}/messages"),
        ("POST", f"{NUMBER_PATH}/"),
        ("DELETE", NUMBER_PATH),
        ("DELETE", "/v25.0/nobody"),
        ("GET", "/v25.0/77²1123456789012"),
        ("GET", "/v25.0/a/b/c/d"),
        ("GET", "/"),
        ("GET", "/elsewhere"),
    ],
)
async def test_what_is_not_played_is_answered_in_graphs_own_way(
    http: httpx.AsyncClient, method: str, path: str
) -> None:
    """Never by a bare 404 or 405, and under whatever it is mounted."""
    answer = await http.request(method, path)

    assert answer.status_code == 400
    error: dict[str, Any] = answer.json()["error"]
    assert error["code"] in {100, 2500}
    assert error["fbtrace_id"]


MULTIPART = "multipart/form-data; boundary=part"


@pytest.mark.parametrize(
    ("edge", "content_type", "body"),
    [
        ("messages", "application/json", "{"),
        ("messages", "application/json", "[" * 100_000),
        ("messages", "application/json", '{"messaging_product": "whatsapp", "type": ["image"]}'),
        ("block_users", "application/json", '{"block_users": ["39347"]}'),
        ("media", "multipart/form-data", "no boundary"),
        ("media", MULTIPART, "--part\r\n\r\nno name\r\n--part--"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_graphs_own_way(
    http: httpx.AsyncClient, edge: str, content_type: str, body: str
) -> None:
    answer = await http.post(
        f"{NUMBER_PATH}/{edge}", content=body, headers={"Content-Type": content_type}
    )

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {100, 131008, 131051}


async def test_of_a_number_it_answers_what_was_asked_for(http: httpx.AsyncClient) -> None:
    answer = await http.get(NUMBER_PATH, params={"fields": "verified_name"})

    assert set(answer.json()) == {"id", "verified_name"}


async def test_a_refusal_says_what_pywa_makes_of_it(pywa: WhatsApp) -> None:
    with pytest.raises(WhatsAppError) as refused:
        await pywa.get_flows()
    assert (refused.value.code, refused.value.subcode) == (100, 33)


async def test_it_reads_downloads_and_deletes_a_file_that_somebody_sent(
    meta: Meta, pywa: WhatsApp
) -> None:
    photo = fixed_sample("photo").content
    await meta.simulator.write(DEMO_NUMBER, ADA, photo)

    told = await pywa.get_media_url(media_id=photo["image"]["id"])
    bytes_ = await pywa.get_media_bytes(url=told.url)
    assert (told.mime_type, told.file_size) == ("image/jpeg", len(bytes_))
    assert hashlib.sha256(bytes_).hexdigest() == told.sha256

    assert (await pywa.delete_media(media_id=told.id)).success


async def test_it_has_webhooks_go_elsewhere_and_back(meta: Meta, pywa: WhatsApp) -> None:
    callbacks = meta.simulator.webhooks.callbacks
    of_account, of_number = "https://one.example/hook", "https://another.example/hook"

    assert (await pywa.override_waba_callback_url(of_account, "token")).success
    assert (await pywa.override_phone_callback_url(of_number, "token")).success
    assert callbacks.of(DEMO_NUMBER.waba_id) == of_account
    assert callbacks.of(DEMO_NUMBER.phone_number_id) == of_number

    assert (await pywa.delete_waba_callback_url()).success
    assert (await pywa.delete_phone_callback_url()).success
    assert not callbacks.of(DEMO_NUMBER.waba_id)
    assert not callbacks.of(DEMO_NUMBER.phone_number_id)
