"""Files that people send: seen, heard, opened large (M3)."""

from playwright.sync_api import expect

from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone

_CARDS_HAVE_STYLES = "[...document.styleSheets].some((each) => each.href?.includes('/cards'))"


def test_files_of_each_kind_come_and_can_be_used(inbox: Inbox, phone: Phone) -> None:
    phone.of_a_stranger().write("Ecco tutto")
    inbox.open(phone.name)
    for kind in ("Foto", "Documento", "Audio", "Video", "Sticker", "Foto"):
        phone.send(kind)

    photos = inbox.log.get_by_role("button", name="Foto: apri in grande")
    expect(photos).to_have_count(2)
    small = photos.first.locator("img")
    assert small.evaluate("async img => (await img.decode(), img.naturalWidth)") == 640
    expect(inbox.log.get_by_role("img", name="Sticker")).to_be_visible()
    expect(inbox.message("House rules.pdf")).to_contain_text("PDF · 2 pagine · 72 kB")
    expect(inbox.log.locator("video")).to_have_count(1)

    inbox.log.get_by_role("button", name="Riproduci").click()
    expect(inbox.log.get_by_role("button", name="Pausa")).to_be_visible()
    inbox.log.get_by_role("button", name="Velocità 1×").click()
    expect(inbox.log.get_by_role("button", name="Velocità 1,5×")).to_be_visible()


def test_photos_are_seen_large_the_next_an_arrow_away(inbox: Inbox, phone: Phone) -> None:
    phone.of_a_stranger().write("Le foto")
    inbox.open(phone.name)
    phone.send("Foto")
    phone.send("Video")
    photo = inbox.log.get_by_role("button", name="Foto: apri in grande")
    expect(photo).to_be_visible()
    expect(inbox.log.locator("video")).to_have_count(1)

    photo.click()
    viewer = inbox.page.get_by_role("dialog")
    expect(viewer).to_contain_text("1 di 2")
    inbox.page.keyboard.press("ArrowRight")
    expect(viewer).to_contain_text("2 di 2")
    with inbox.page.expect_download() as saved:
        viewer.get_by_role("link", name="Salva").click()
    assert saved.value.suggested_filename.endswith(".mp4")
    viewer.get_by_role("button", name="Tutte le foto").click()
    expect(viewer.get_by_role("listitem")).to_have_count(2)
    inbox.page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)


def test_the_viewer_can_be_left_while_its_photos_do_not_come(inbox: Inbox) -> None:
    """M3: on a phone no key does it."""
    inbox.open("Ada Bianchi")
    inbox.page.route("**/media/of/*", lambda _: None)
    inbox.log.get_by_role("button", name="Foto: apri in grande").first.click()
    viewer = inbox.page.get_by_role("dialog")
    viewer.get_by_role("button", name="Chiudi").click()
    expect(viewer).to_have_count(0)


def test_a_contact_stands_beside_its_picture_when_the_forms_have_come_too(
    inbox: Inbox, phone: Phone
) -> None:
    """M3: their styles come once the page is idle."""
    phone.of_a_stranger().write("Il numero")
    inbox.open(phone.name)
    phone.send("Contatto")
    inbox.page.wait_for_function(_CARDS_HAVE_STYLES)
    name = inbox.log.get_by_text("Nino Greco")
    expect(name).to_be_visible()
    picture, words = inbox.log.locator(".file-icon").bounding_box(), name.bounding_box()
    assert picture
    assert words
    assert words["x"] > picture["x"] + picture["width"]
