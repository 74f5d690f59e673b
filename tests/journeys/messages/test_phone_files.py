"""Files of the machine go from the test phone into the inbox, and what is sent is seen there (M2,
M3, M5)."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from inbox_app.sandbox.simulator.media_store import SAMPLES
from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.support.samples import sample_files as files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a guest has on their phone."""
    contents = {
        "Terrazza.jpg": files.photo_from_a_phone(),
        "Regole della casa.pdf": files.pdf(3),
        "tour.mp4": (SAMPLES / "film.mp4").read_bytes(),
        "voce.ogg": (SAMPLES / "voice.ogg").read_bytes(),
        "faccina.webp": (SAMPLES / "sticker.webp").read_bytes(),
        "note.txt": files.TEXT,
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_several_files_of_each_kind_come_in_their_order(devices: Devices, folder: Path) -> None:
    phone = devices.phone(HANDHELD)
    phone.write("Ecco tutto")
    inbox = devices.inbox(screen=HANDHELD)
    inbox.open(phone.name)

    names = ["Terrazza.jpg", "Regole della casa.pdf", "tour.mp4", "voce.ogg", "faccina.webp"]
    phone.screen.get_by_role("textbox", name="Messaggio").fill("Dalla terrazza")
    phone.send_files(*(folder / name for name in names), folder / "note.txt")

    shown = phone.screen.get_by_role("article")
    expect(shown).to_have_count(7)
    expect(phone.screen.get_by_role("textbox", name="Messaggio")).to_have_value("")
    expect(shown.nth(1)).to_contain_text("Dalla terrazza")
    expect(shown.nth(2).get_by_role("link")).to_contain_text("Regole della casa.pdf")
    photo = shown.nth(1).get_by_role("img", name="Foto")
    assert photo.evaluate("async img => (await img.decode(), img.naturalWidth)") > 0
    came = inbox.thread.get_by_role("article")
    expect(came).to_have_count(7)
    expect(came.nth(1)).to_contain_text("Dalla terrazza")
    expect(came.nth(1).get_by_role("button", name="Foto: apri in grande")).to_be_visible()
    expect(came.nth(2)).to_contain_text("3 pagine")
    expect(came.nth(3).locator("video")).to_have_count(1)
    expect(came.nth(4).get_by_role("button", name="Riproduci")).to_be_visible()
    expect(came.nth(5).get_by_role("img", name="Sticker")).to_be_visible()
    expect(came.nth(6)).to_contain_text("note.txt")


def test_what_is_let_go_over_the_phone_leaves_it(inbox: Inbox, phone: Phone) -> None:
    phone.write("Guardi")
    inbox.open(phone.name)

    phone.drop("giardino.png", files.photo("PNG"))

    photo = inbox.log.get_by_role("button", name="Foto: apri in grande")
    expect(photo).to_be_visible()


def test_photos_and_pdfs_of_ours_are_seen_on_the_phone(
    inbox: Inbox, phone: Phone, folder: Path
) -> None:
    phone.write("Ci manda qualcosa?")
    inbox.open(phone.name)
    field = inbox.thread.locator("input[data-files=all]")
    field.set_input_files([folder / "Terrazza.jpg", folder / "Regole della casa.pdf"])
    expect(inbox.send_button).to_be_enabled()
    inbox.answer("Ecco la terrazza")

    photo = phone.message("Ecco la terrazza").get_by_role("img", name="Foto")
    expect(photo).to_be_visible()
    assert photo.evaluate("async img => (await img.decode(), img.naturalWidth)") > 0
    link = phone.screen.get_by_role("link", name="Regole della casa.pdf")
    answer = phone.page.request.get(link.get_attribute("href") or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
