"""The simulator is held to a client of the Graph API that nobody here wrote: pywa (X5)."""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from pywa.errors import WhatsAppError
from pywa.types.templates import BodyText, Template, TemplateCategory, TemplateLanguage
from pywa_async.client import WhatsApp

from inbox_app.sandbox.simulator.graph.app import graph_app
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, TOKEN
from inbox_app.sandbox.simulator.samples import fixed_sample
from inbox_app.sandbox.simulator.template_store import StoredTemplate
from tests.support.simulated_meta import Clock, Meta, simulated_meta

pytestmark = pytest.mark.anyio

ADA = "393471234567"
BODY = [{"type": "BODY", "text": "Buongiorno, la casa è pronta."}]


@pytest.fixture
def meta(now: datetime) -> Meta:
    return simulated_meta(Clock(now))


@pytest.fixture
async def pywa(meta: Meta) -> AsyncIterator[WhatsApp]:
    transport = httpx.ASGITransport(graph_app(meta.simulator))
    async with httpx.AsyncClient(transport=transport) as http:
        yield WhatsApp(
            phone_id=DEMO_NUMBER.phone_number_id,
            waba_id=DEMO_NUMBER.waba_id,
            token=TOKEN,
            session=http,
            api_version=25.0,
        )


async def ada_writes(meta: Meta) -> str:
    """The id of her message."""
    said = {"type": "text", "text": {"body": "Buonasera"}}
    return (await meta.simulator.write(DEMO_NUMBER, ADA, said)).id


async def test_it_finds_the_number_its_account_and_the_other_numbers(pywa: WhatsApp) -> None:
    assert (await pywa.get_business_phone_number()).display_phone_number == DEMO_NUMBER.display
    assert (await pywa.get_business_account()).id == DEMO_NUMBER.waba_id
    numbers = await pywa.get_business_phone_numbers()
    assert [number.id for number in numbers] == [DEMO_NUMBER.phone_number_id]


async def test_it_reads_all_templates_with_the_counts_that_it_asks_for(
    meta: Meta, pywa: WhatsApp
) -> None:
    for name in ("benvenuto", "chiavi", "saluti"):
        meta.simulator.store.put(
            StoredTemplate(
                waba_id=DEMO_NUMBER.waba_id,
                name=name,
                language="it",
                category="UTILITY",
                components=BODY,
            )
        )

    found = await pywa.get_templates()

    assert [template.name for template in found] == ["benvenuto", "chiavi", "saluti"]
    assert (found.total_count, found.message_template_count) == (3, 3)
    assert found.are_translations_complete


async def test_it_makes_a_template_that_is_then_in_the_list(pywa: WhatsApp) -> None:
    made = await pywa.create_template(
        Template(
            name="casa_pronta",
            language=TemplateLanguage.ITALIAN,
            category=TemplateCategory.UTILITY,
            components=[BodyText(text="Buongiorno, la casa è pronta.")],
        )
    )

    assert [template.id for template in await pywa.get_templates()] == [made.id]


async def test_what_it_sends_arrives_and_what_it_reads_is_read(meta: Meta, pywa: WhatsApp) -> None:
    hers = await ada_writes(meta)

    sent = await pywa.send_message(to=ADA, text="Buonasera a lei")
    assert (await pywa.mark_message_as_read(message_id=hers)).success
    assert (await pywa.indicate_typing(message_id=hers)).success

    chat = meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, ADA)
    first, second = chat.messages
    assert (first.status, second.id, second.text) == ("read", sent.id, "Buonasera a lei")


async def test_it_blocks_lists_and_takes_back(meta: Meta, pywa: WhatsApp) -> None:
    await ada_writes(meta)

    await pywa.block_users([ADA])
    assert [user.wa_id for user in await pywa.get_blocked_users()] == [ADA]
    await pywa.unblock_users([ADA])
    assert list(await pywa.get_blocked_users()) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/v25.0/{DEMO_NUMBER.phone_number_id}/whatsapp_business_profile"),
        ("POST", f"/v25.0/{DEMO_NUMBER.waba_id}/flows"),
        ("PUT", f"/v25.0/{DEMO_NUMBER.phone_number_id}/messages"),
        ("GET", f"/v25.0/{DEMO_NUMBER.phone_number_id}/messages"),
        ("DELETE", "/v25.0/nobody"),
        ("GET", "/v25.0/a/b/c/d"),
        ("GET", "/"),
        ("GET", "/elsewhere"),
    ],
)
async def test_what_is_not_played_is_answered_in_graphs_own_way(
    meta: Meta, method: str, path: str
) -> None:
    """Never by a bare 404 or 405, and under whatever it is mounted."""
    transport = httpx.ASGITransport(graph_app(meta.simulator))
    async with httpx.AsyncClient(transport=transport, base_url="http://graph") as http:
        answer = await http.request(method, path, headers={"Authorization": f"Bearer {TOKEN}"})

    assert answer.status_code == 400
    error: dict[str, Any] = answer.json()["error"]
    assert error["code"] in {100, 2500}
    assert error["fbtrace_id"]


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
