"""A text is taken back before it leaves, and the next one who waits is a key away (M11)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.site import Site
from tests.support.patience import PATIENCE
from tests.support.samples import sample_files


@pytest.fixture
def time_to_undo(devices: Devices) -> Iterator[Inbox]:
    """An inbox whose person has chosen ten seconds."""
    inbox = devices.inbox(path="/settings", at_once=False)
    _choose(inbox.page, "10 secondi")
    inbox.page.goto("/")
    inbox.is_there()
    yield inbox
    inbox.page.goto("/settings")
    _choose(inbox.page, "Mai")


@pytest.fixture
def time_for_a_reload(devices: Devices, site: Site) -> Iterator[Inbox]:
    """An inbox that holds what is sent for as long as a slow machine may take to load it."""
    site.hold_sends(10 * PATIENCE)
    yield devices.inbox()
    site.hold_sends(0)


def _choose(page: Page, seconds: str) -> None:
    choices = page.get_by_role("group", name="Annulla invio")
    choices.get_by_role("button", name=seconds).click()
    expect(choices.get_by_role("button", name=seconds, pressed=True)).to_be_visible()


def test_what_is_taken_back_is_in_the_box_and_never_arrives(
    time_to_undo: Inbox, devices: Devices
) -> None:
    inbox, phone = time_to_undo, devices.phone()
    phone.write("Il codice del cancello?")
    inbox.open(phone.name)
    inbox.box.fill("È 4471")
    inbox.box.press("Enter")
    undo = inbox.message("È 4471").get_by_role("button", name="Annulla")
    expect(inbox.thread.locator("[data-pending]")).to_have_count(0)
    expect(inbox.row(phone.name)).to_contain_text("È 4471")
    undo.click()
    expect(inbox.box).to_have_value("È 4471")
    expect(inbox.box).to_be_focused()
    expect(inbox.message("È 4471")).to_have_count(0)
    inbox.box.fill("È 4472")
    inbox.box.press("Enter")
    expect(inbox.message("È 4472")).to_contain_text("Consegnato")
    expect(inbox.message("È 4472").get_by_role("button", name="Annulla")).to_have_count(0)
    expect(phone.message("È 4472")).to_be_visible()
    expect(phone.message("È 4471")).to_have_count(0)


def test_a_file_that_is_taken_back_is_beside_the_box_on_every_device(
    time_to_undo: Inbox, devices: Devices
) -> None:
    inbox, phone = time_to_undo, devices.phone()
    phone.write("Ha una foto?")
    inbox.open(phone.name)
    other = devices.inbox()
    other.open(phone.name)
    photo = FilePayload(name="casa.png", mimeType="image/png", buffer=sample_files.photo("PNG"))
    inbox.thread.locator("input[data-files=all]").set_input_files(photo)
    inbox.answer("Eccola")
    expect(inbox.thread.locator("[data-pending]")).to_have_count(0)
    inbox.message("Eccola").get_by_role("button", name="Annulla").click()
    for device in (inbox, other):
        expect(device.message("Eccola")).to_have_count(0)
        expect(device.box).to_have_value("Eccola")
        tray = device.thread.get_by_role("list", name="File allegati")
        expect(tray.get_by_role("listitem")).to_contain_text("casa.png")
    inbox.send_button.click()
    expect(phone.message("Eccola").get_by_role("img", name="Foto")).to_have_count(1)
    expect(other.thread.get_by_role("list", name="File allegati")).to_have_count(0)
    expect(phone.message("Eccola")).to_have_count(1)


def test_short_ones_that_are_held_come_back_together_in_their_order(
    time_to_undo: Inbox, devices: Devices
) -> None:
    inbox, phone = time_to_undo, devices.phone()
    short = ("Buongiorno!", "Il codice è 4471", "Il cancello è a destra")
    phone.write("Come entro?")
    inbox.open(phone.name)
    for text in short[:2]:
        inbox.box.fill(text)
        inbox.box.press("Enter")
    inbox.box.fill(short[2])
    inbox.thread.get_by_role("button", name="Unisci in uno").click()
    expect(inbox.box).to_have_value("\n".join(short))
    inbox.box.press("Enter")
    expect(phone.message(short[2])).to_contain_text(short[0])
    for text in short:
        expect(phone.message(text)).to_have_count(1)


def test_after_a_reload_too_a_text_and_a_file_come_back_and_nothing_leaves(
    time_for_a_reload: Inbox, devices: Devices
) -> None:
    inbox, phone = time_for_a_reload, devices.phone()
    phone.write("Che vista c'è?")
    inbox.open(phone.name)
    inbox.answer("Il mare")
    expect(inbox.row(phone.name)).to_contain_text("Il mare")
    inbox.page.reload()
    inbox.message("Il mare").get_by_role("button", name="Annulla").click()
    expect(inbox.message("Il mare")).to_have_count(0)
    expect(inbox.box).to_have_value("Il mare")
    photo = FilePayload(name="vista.png", mimeType="image/png", buffer=sample_files.photo("PNG"))
    inbox.thread.locator("input[data-files=all]").set_input_files(photo)
    inbox.send_button.click()
    expect(inbox.thread.locator("[data-pending]")).to_have_count(0)
    inbox.page.reload()
    inbox.message("Il mare").get_by_role("button", name="Annulla").click()
    expect(inbox.message("Il mare")).to_have_count(0)
    expect(inbox.box).to_have_value("Il mare")
    tray = inbox.thread.get_by_role("list", name="File allegati")
    expect(tray.get_by_role("listitem")).to_contain_text("vista.png")
    inbox.page.reload()
    expect(inbox.box).to_have_value("Il mare")
    expect(tray.get_by_role("listitem")).to_contain_text("vista.png")
    phone.write("Mi dica")
    expect(inbox.message("Mi dica")).to_have_count(1)
    expect(phone.message("Il mare")).to_have_count(0)


def test_ctrl_and_enter_send_and_open_the_next_one_that_waits(
    inbox: Inbox, devices: Devices
) -> None:
    first, second = devices.phone(), devices.phone()
    second.write("Si può fumare in terrazza?")
    expect(inbox.row(second.name)).to_be_visible()
    first.write("C'è il parcheggio?")
    inbox.open(first.name)
    inbox.box.fill("Sì, in cortile")
    inbox.box.press("Control+Enter")
    inbox.shows(second.name)
    expect(inbox.row(first.name)).to_contain_text("Sì, in cortile")
