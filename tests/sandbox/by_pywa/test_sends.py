"""The simulator is held to a client of the Graph API that nobody here wrote: pywa (X5)."""

import hashlib
from pathlib import Path

import pytest
from pywa.errors import WhatsAppError
from pywa.types.templates import BodyText, Template, TemplateCategory, TemplateLanguage
from pywa_async.client import WhatsApp

from inbox_app.sandbox.simulator.media_store import SAMPLES
from inbox_app.sandbox.simulator.people import DEMO_NUMBER
from inbox_app.sandbox.simulator.phones import PhoneMessage
from inbox_app.sandbox.simulator.template_store import StoredTemplate
from tests.sandbox.by_pywa.people import ADA
from tests.support.servers.simulated_meta import Meta

pytestmark = pytest.mark.anyio


MARIE = "33612345678"
BODY = [{"type": "BODY", "text": "Buongiorno, la casa è pronta."}]


def shown(meta: Meta) -> list[PhoneMessage]:
    """What Ada's phone shows of us."""
    chat = meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, ADA)
    return [message for message in chat.messages if not message.mine]


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


async def ada_writes(meta: Meta) -> str:
    return await writes(meta, ADA)


async def writes(meta: Meta, person: str) -> str:
    """The id of the message."""
    said = {"type": "text", "text": {"body": "Buonasera"}}
    return (await meta.simulator.write(DEMO_NUMBER, person, said)).id


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


async def test_the_photos_and_documents_that_it_sends_are_on_the_phone(
    meta: Meta, pywa: WhatsApp
) -> None:
    photo, document = SAMPLES / "photo.jpg", SAMPLES / "document.pdf"
    await ada_writes(meta)

    await pywa.send_image(to=ADA, image=photo, caption="La terrazza")
    await pywa.send_image(to=ADA, image=photo.read_bytes(), mime_type="image/jpeg")
    await pywa.send_document(to=ADA, document=document, filename="Guida.pdf", caption="Le chiavi")

    files = [message.file for message in shown(meta)]
    assert [message.text for message in shown(meta)] == ["La terrazza", "", "Le chiavi"]
    assert [file and (file.kind, file.mime_type, file.name) for file in files] == [
        ("image", "image/jpeg", ""),
        ("image", "image/jpeg", ""),
        ("document", "application/pdf", "Guida.pdf"),
    ]
    kept = [meta.simulator.media.get(file.id).sha256 for file in files if file]
    assert kept == [sha256(photo), sha256(photo), sha256(document)]


async def test_what_it_uploads_can_be_read_downloaded_sent_and_deleted(
    meta: Meta, pywa: WhatsApp, tmp_path: Path
) -> None:
    document = SAMPLES / "document.pdf"

    uploaded = await pywa.upload_media(document)
    told = await pywa.get_media_url(media_id=uploaded.id)
    downloaded = await pywa.download_media(url=told.url, path=tmp_path)
    assert (told.mime_type, told.sha256) == ("application/pdf", sha256(document))
    assert downloaded.read_bytes() == document.read_bytes()

    await ada_writes(meta)
    await pywa.send_document(to=ADA, document=uploaded.id, filename="Guida.pdf")
    assert [message.file.id for message in shown(meta) if message.file] == [uploaded.id]

    assert (await pywa.delete_media(media_id=uploaded.id)).success
    with pytest.raises(WhatsAppError) as gone:
        await pywa.get_media_url(media_id=uploaded.id)
    assert (gone.value.code, gone.value.subcode) == (100, 33)


async def test_what_it_sends_and_the_simulator_does_not_show_is_refused_as_a_type(
    meta: Meta, pywa: WhatsApp
) -> None:
    for send in (
        pywa.send_video(to=ADA, video=SAMPLES / "film.mp4"),
        pywa.send_location(to=ADA, latitude=40.35, longitude=18.17),
        pywa.send_reaction(to=ADA, emoji="👍", message_id=await ada_writes(meta)),
    ):
        with pytest.raises(WhatsAppError) as refused:
            await send
        assert refused.value.code == 131051
    assert shown(meta) == []


async def test_it_blocks_lists_and_takes_back(meta: Meta, pywa: WhatsApp) -> None:
    for person in (ADA, MARIE):
        await writes(meta, person)

    blocked = await pywa.block_users([ADA, MARIE])
    assert [user.wa_id for user in blocked.added_users] == [ADA, MARIE]
    assert {user.wa_id for user in await pywa.get_blocked_users()} == {ADA, MARIE}
    freed = await pywa.unblock_users([ADA])
    assert [user.wa_id for user in freed.removed_users] == [ADA]
    assert [user.wa_id for user in await pywa.get_blocked_users()] == [MARIE]
