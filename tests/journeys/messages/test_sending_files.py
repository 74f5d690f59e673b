"""Photos and PDFs go out by button, by hand over the thread and from the clipboard; what cannot be
sent says so, and nothing that was attached is lost (M2, M7)."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, JSHandle, Locator, Page, Route, expect

from tests.journeys.devices import DESKTOP, HANDHELD, Devices, Screen
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.support.samples import sample_files as files

_TRANSFER = """([name, type, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  return transfer;
}"""
_PASTE = """(box, clipboardData) =>
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }))"""
_BREAK_OFF = """() => {
  const whole = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function () {
    XMLHttpRequest.prototype.send = whole;
    setTimeout(() => this.onerror(new ProgressEvent("error")));
  };
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What somebody has on their device."""
    for name, content in {
        "Terrazza.jpg": files.photo_from_a_phone(),
        "IMG_0231.HEIC": files.heic(),
        "Regole della casa.pdf": files.pdf(3),
        "tour.jpg": files.mp4(),
        "fattura.pdf": files.PROGRAM,
    }.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def tray(inbox: Inbox) -> Locator:
    return inbox.thread.get_by_role("list", name="File allegati").get_by_role("listitem")


def choose(inbox: Inbox, folder: Path, *names: str) -> None:
    """As from the dialog that the button opens."""
    inbox.thread.locator("input[data-files=all]").set_input_files([folder / name for name in names])


def transfer(page: Page, name: str, kind: str, content: bytes) -> JSHandle:
    """What a browser carries when a file is dragged or copied."""
    return page.evaluate_handle(_TRANSFER, [name, kind, base64.b64encode(content).decode()])


def hold(page: Page, address: str) -> list[Route]:
    """What the page asks of this address from now on goes on only when it is told to."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep)
    return held


def release(page: Page, address: str, held: list[Route]) -> None:
    """It goes on, and what is asked later is not held."""
    for route in held:
        route.continue_()
    page.unroute(address)


@pytest.mark.parametrize("screen", [DESKTOP, HANDHELD], ids=["desktop", "handheld"])
def test_several_files_arrive_in_their_order_with_their_captions(
    devices: Devices, folder: Path, screen: Screen
) -> None:
    phone = devices.phone()
    phone.write("Ci manda qualche foto?")
    inbox = devices.inbox(screen=screen)
    inbox.open(phone.name)

    choose(inbox, folder, "Terrazza.jpg", "IMG_0231.HEIC", "Regole della casa.pdf")
    expect(tray(inbox).nth(2)).to_contain_text("3 pag.")
    inbox.thread.get_by_role("textbox", name="Didascalia di Regole").fill("Da leggere")
    inbox.answer("Ecco la terrazza")

    expect(tray(inbox)).to_have_count(0)
    expect(inbox.box).to_have_value("")
    expect(inbox.message("Da leggere")).to_contain_text("Letto")
    shown = phone.screen.get_by_role("article").all_inner_texts()[-3:]
    assert ["Ecco la terrazza" in shown[0], "Da leggere" in shown[2]] == [True, True]
    assert "Regole della casa.pdf" in shown[2]


def test_what_cannot_be_sent_says_so_and_keeps_nothing_else_from_going(
    inbox: Inbox, phone: Phone, folder: Path
) -> None:
    phone.write("Mi manda la fattura?")
    inbox.open(phone.name)

    choose(inbox, folder, "tour.jpg", "fattura.pdf", "Regole della casa.pdf")
    expect(tray(inbox).nth(0)).to_contain_text("3 pag.")
    expect(tray(inbox).nth(1)).to_contain_text("I video non si possono inviare")
    expect(tray(inbox).nth(2)).to_contain_text("Questo è un programma")
    inbox.send_button.click()

    expect(inbox.message("Regole della casa.pdf")).to_be_visible()
    expect(tray(inbox)).to_have_count(2)
    for name in ("tour.jpg", "fattura.pdf"):
        inbox.thread.get_by_role("button", name=f"Togli {name}").click()
    expect(tray(inbox)).to_have_count(0)


def test_many_refusals_leave_what_can_be_sent_in_sight(devices: Devices, folder: Path) -> None:
    """On a phone too: each reason is said once, below (M2)."""
    phone = devices.phone()
    phone.write("Ci manda qualche foto?")
    inbox = devices.inbox(screen=HANDHELD)
    inbox.open(phone.name)
    for number in range(3):
        (folder / f"tour {number}.mp4").write_bytes(files.mp4())
    choose(inbox, folder, "Terrazza.jpg", *(f"tour {number}.mp4" for number in range(3)))
    choose(inbox, folder, "fattura.pdf")

    expect(tray(inbox)).to_have_count(3)
    expect(tray(inbox).nth(1)).to_contain_text("tour 0.mp4tour 1.mp4tour 2.mp4")
    expect(tray(inbox).nth(2)).to_contain_text("Questo è un programma")
    for shown in tray(inbox).all():
        expect(shown).to_be_in_viewport(ratio=0.95)
    inbox.thread.get_by_role("button", name="Togli tour 0.mp4, tour 1.mp4").click()
    expect(tray(inbox)).to_have_count(2)


def test_files_come_in_by_hand_and_from_the_clipboard_and_leave_after_a_reload_and_a_tunnel(
    devices: Devices, inbox: Inbox, phone: Phone
) -> None:
    devices.forgive_lost_connections()
    phone.write("Com'è il giardino?")
    inbox.open(phone.name)
    browser, photo = inbox.page.context, files.photo("PNG")

    dragged = transfer(inbox.page, "giardino.png", "image/png", photo)
    inbox.log.dispatch_event("dragenter", {"dataTransfer": dragged})
    expect(inbox.thread.get_by_text("Trascina qui foto e PDF")).to_be_visible()
    inbox.log.dispatch_event("drop", {"dataTransfer": dragged})
    expect(inbox.thread.get_by_text("Trascina qui foto e PDF")).to_be_hidden()
    pasted = transfer(inbox.page, "schermata.png", "image/png", photo)
    inbox.box.evaluate(_PASTE, pasted)
    expect(tray(inbox)).to_have_count(2)
    expect(inbox.send_button).to_be_enabled()
    inbox.page.reload()
    expect(tray(inbox)).to_have_count(2)
    expect(tray(inbox).nth(1)).to_contain_text("schermata.png")

    browser.set_offline(True)
    inbox.answer("Eccolo")
    expect(tray(inbox)).to_have_count(0)
    waiting = inbox.thread.locator("[data-pending]")
    expect(waiting.get_by_role("img", name="Foto")).to_have_count(2)
    waiting.last.get_by_role("button", name="Annulla").click()
    expect(tray(inbox)).to_contain_text("schermata.png")
    inbox.send_button.click()
    inbox.answer("E questo è tutto")
    inbox.page.close()
    browser.set_offline(False)
    browser.new_page().goto("/templates")
    expect(phone.message("E questo è tutto")).to_be_visible()
    shown = phone.screen.get_by_role("article")
    expect(shown.get_by_role("img", name="Foto")).to_have_count(2)
    texts = shown.all_inner_texts()[-3:]
    assert ["Eccolo" in texts[0], "E questo è tutto" in texts[2]] == [True, True]


_SLOW_TO_SAY_THAT_A_PAGE_IS_GONE = """
const request = navigator.locks.request.bind(navigator.locks);
const pause = () => new Promise((go) => setTimeout(go, 3000));
navigator.locks.request = (...asked) => pause().then(() => request(...asked));
"""


def test_a_file_that_the_server_has_leaves_though_the_page_did_not_hear_so_before_its_reload(
    inbox: Inbox, phone: Phone, folder: Path
) -> None:
    phone.write("Ci sono delle regole?")
    inbox.open(phone.name)
    unheard: list[APIResponse] = []
    inbox.page.route("**/uploads?*", lambda route: unheard.append(route.fetch()))
    choose(inbox, folder, "Regole della casa.pdf")
    inbox.answer("Eccole")
    expect(inbox.thread.locator("[data-pending]")).to_have_count(1)
    while not unheard:
        inbox.page.wait_for_timeout(20)

    inbox.page.unroute("**/uploads?*")
    inbox.page.add_init_script(_SLOW_TO_SAY_THAT_A_PAGE_IS_GONE)
    inbox.page.reload()
    expect(phone.message("Regole della casa.pdf")).to_be_visible()


def test_a_file_is_on_screen_before_it_is_up_and_leaves_in_its_place_after_a_reload(
    inbox: Inbox, phone: Phone, folder: Path
) -> None:
    phone.write("Ha una foto e le regole?")
    inbox.open(phone.name)
    inbox.page.route("**/uploads?*", lambda _: None)
    choose(inbox, folder, "Terrazza.jpg", "Regole della casa.pdf")
    inbox.answer("Ecco la terrazza")
    inbox.answer("E buon viaggio")

    waiting = inbox.thread.locator("[data-pending]")
    expect(waiting).to_have_count(3)
    expect(waiting.nth(0).get_by_role("img", name="Foto")).to_be_visible()
    expect(waiting.nth(0).get_by_role("progressbar")).to_be_visible()
    expect(waiting.nth(2)).to_contain_text("Parte dopo il file che lo precede")
    waiting.nth(1).get_by_role("button", name="Annulla").click()
    expect(tray(inbox)).to_contain_text("Regole della casa.pdf")
    inbox.send_button.click()
    expect(waiting.nth(2)).to_contain_text("Regole della casa.pdf")

    inbox.page.reload()
    expect(waiting).to_have_count(3)
    expect(waiting.nth(0).get_by_role("img", name="Foto")).to_be_visible()
    expect(inbox.box).to_have_value("")
    expect(waiting.nth(0).get_by_role("progressbar")).to_be_visible()
    inbox.page.unroute("**/uploads?*")
    inbox.page.reload()
    expect(phone.message("Regole della casa.pdf")).to_be_visible()
    shown = phone.screen.get_by_role("article").all_inner_texts()[-3:]
    assert ["terrazza" in shown[0], "buon viaggio" in shown[1]] == [True, True]
    expect(waiting).to_have_count(0)
    expect(tray(inbox)).to_have_count(0)


def test_what_is_refused_after_it_was_sent_is_above_the_box_again(
    inbox: Inbox, phone: Phone, folder: Path
) -> None:
    phone.write("Mi manda il video?")
    inbox.open(phone.name)
    held = hold(inbox.page, "**/uploads/check?*")
    choose(inbox, folder, "tour.jpg")
    inbox.answer("Ecco il tour")
    inbox.answer("Le piace?")
    expect(inbox.thread.locator("[data-pending]")).to_have_count(2)
    release(inbox.page, "**/uploads/check?*", held)
    expect(tray(inbox)).to_contain_text("I video non si possono inviare")
    expect(inbox.box).to_have_value("Ecco il tour")
    expect(phone.message("Le piace?")).to_be_visible()


def test_what_is_let_go_before_the_uploads_script_has_come_is_not_lost(
    devices: Devices, folder: Path
) -> None:
    phone = devices.phone()
    phone.write("E la piscina?")
    inbox = devices.inbox()
    held = hold(inbox.page, "**/assets/uploader-*.js")
    inbox.page.reload()
    inbox.open(phone.name)
    choose(inbox, folder, "Terrazza.jpg")
    inbox.answer("Eccola")
    expect(inbox.thread.locator("[data-pending]")).to_have_count(1)
    release(inbox.page, "**/assets/uploader-*.js", held)
    expect(phone.message("Eccola").get_by_role("img", name="Foto")).to_be_visible()


def test_an_upload_that_breaks_off_is_tried_again_by_a_button(
    inbox: Inbox, phone: Phone, folder: Path
) -> None:
    phone.write("E le regole?")
    inbox.open(phone.name)
    inbox.page.evaluate(_BREAK_OFF)
    choose(inbox, folder, "Regole della casa.pdf")
    expect(tray(inbox)).to_contain_text("Non è arrivato")
    inbox.thread.get_by_role("button", name="Riprova con Regole").click()
    expect(tray(inbox)).to_contain_text("3 pag.")
