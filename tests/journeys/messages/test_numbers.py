"""Numbers that are missing, wrong or new; people who are blocked: the foot follows at once
(B3, B4, B5, B7, B13)."""

from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.devices import ADMIN, HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


def the_dialog(page: Page, name: str) -> Locator:
    return page.get_by_role("dialog", name=name)


def test_a_number_is_added_after_a_wrong_one_and_a_second_device_sees_it(
    inbox: Inbox, devices: Devices
) -> None:
    inbox.row("Lavanderia La Perla").get_by_role("link").click()
    inbox.thread.get_by_role("button", name="Aggiungi telefono").click()
    other = devices.inbox(path=inbox.page.url, screen=HANDHELD)
    expect(other.thread).to_contain_text("In archivio non c'è un telefono")

    dialog = the_dialog(inbox.page, "Aggiungi telefono")
    field = dialog.get_by_role("textbox", name="Numero di telefono")
    field.fill("+393")
    field.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("troppo corto")
    field.fill("0151 2345 6789")
    field.press("Enter")
    dialog.get_by_role("combobox", name="Paese del numero").select_option(label="Germania (+49)")
    expect(dialog.get_by_role("button", name="Usa +49 1512 3456789")).to_be_visible()
    field.fill("3481239900")
    field.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Manca il prefisso internazionale")
    expect(field).to_have_value("3481239900")
    dialog.get_by_role("button", name="Usa +39 348 123 9900").click()

    for device in (inbox, other):
        expect(device.thread).to_contain_text("Non ha ancora scritto")
        expect(device.thread.get_by_role("button", name="Invia modello")).to_be_visible()
    expect(dialog).to_have_count(0)
    expect(inbox.template_button).to_be_focused()


def test_who_is_blocked_is_not_heard_until_they_are_taken_back(inbox: Inbox, phone: Phone) -> None:
    phone.write("Buongiorno")
    inbox.open(phone.name)
    inbox.page.get_by_role("button", name="Altre azioni").click()
    inbox.page.get_by_role("menuitem", name="Blocca").click()
    the_dialog(inbox.page, "Bloccare").get_by_role("button", name="Blocca").click()
    expect(inbox.thread).to_contain_text("Hai bloccato questa persona")
    expect(inbox.row(phone.name)).to_contain_text("Bloccato")

    phone.write("Mi sentite?")
    expect(phone.message("Mi sentite?")).to_be_visible()
    inbox.thread.get_by_role("button", name="Sblocca").click()
    expect(inbox.box).to_be_visible()
    phone.write("E adesso?")
    expect(inbox.message("E adesso?")).to_be_visible()
    expect(inbox.message("Mi sentite?")).to_have_count(0)


def test_a_conversation_is_begun_by_name_and_by_number_from_the_keyboard(inbox: Inbox) -> None:
    inbox.page.keyboard.press("Alt+n")
    dialog = the_dialog(inbox.page, "Nuova conversazione")
    box = dialog.get_by_role("searchbox", name="Nome o numero")
    box.fill("greco")
    expect(dialog.get_by_role("button", name="Antonio Greco")).to_be_visible()
    expect(dialog.get_by_role("button", name="Ada Bianchi")).to_have_count(0)
    box.press("Enter")
    inbox.page.keyboard.press("Enter")
    expect(inbox.thread.get_by_role("heading", level=1)).to_contain_text("Antonio Greco")
    expect(inbox.thread.get_by_role("button", name="Aggiungi telefono")).to_be_visible()

    inbox.page.keyboard.press("Alt+n")
    box.fill("0664 123456")
    dialog.get_by_role("combobox", name="Paese del numero").select_option(label="Austria (+43)")
    expect(dialog.get_by_role("button", name="Scrivi a +43 664 123456")).to_be_visible()
    box.fill("380 555 12 34")
    dialog.get_by_role("combobox", name="Paese del numero").select_option(label="Italia (+39)")
    expect(dialog).to_contain_text("Manca il prefisso internazionale")
    dialog.get_by_role("button", name="Scrivi a +39 380 555 1234").click()
    expect(dialog).to_have_count(0)
    expect(inbox.thread.get_by_role("heading", level=1)).to_contain_text("+39 380 555 1234")
    expect(inbox.thread.get_by_role("button", name="Invia modello")).to_be_visible()


def test_what_a_dialog_asks_has_the_focus_even_when_it_comes_late(devices: Devices) -> None:
    page = devices.signed_in(ADMIN, "/settings")
    late: list[Route] = []

    def keep(route: Route) -> None:
        late.append(route)

    page.route("**/assets/form-*.js", keep)
    page.goto("/")
    Inbox(page).is_there()
    page.keyboard.press("Alt+n")
    dialog = the_dialog(page, "Nuova conversazione")
    expect(dialog).to_be_visible()
    box = dialog.get_by_role("searchbox", name="Nome o numero")
    expect(box).to_have_count(0)
    late[0].continue_()
    expect(box).to_be_focused()


def test_a_number_that_was_undeliverable_is_corrected(inbox: Inbox, site: Site) -> None:
    site.receive("+393471120026", "Ci siete?")
    inbox.open("+39 347 112 0026")
    inbox.answer("Certo")
    inbox.thread.get_by_role("button", name="Correggi numero").click()
    field = inbox.page.get_by_role("textbox", name="Numero di telefono")
    expect(field).to_have_value("+39 347 112 0026")
    field.press("Enter")
    expect(inbox.page.get_by_role("dialog").get_by_role("alert")).to_contain_text("stesso numero")
    field.fill("+39 347 112 0027")
    field.press("Enter")
    expect(inbox.page.get_by_role("dialog")).to_have_count(0)
    expect(inbox.thread.get_by_role("heading", level=1)).to_contain_text("+39 347 112 0027")
    expect(inbox.thread).to_contain_text("Non ha ancora scritto")
