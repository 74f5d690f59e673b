"""Two and three people at one conversation: who is there, who writes, and who answers (X1)."""

from playwright.sync_api import expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


def test_who_looks_and_who_writes_is_seen_and_vanishes_as_they_leave(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("Si può arrivare prima?")
    inbox.open(phone.name)
    expect(inbox.others).to_have_count(0)
    colleague.open(phone.name)
    expect(inbox.others).to_contain_text("Anna sta guardando")
    expect(colleague.others).to_contain_text("Giulia sta guardando")

    colleague.box.press_sequentially("Certo")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    colleague.box.clear()
    expect(inbox.others).to_contain_text("Anna sta guardando")

    colleague.open("Ada Bianchi")
    expect(inbox.others).to_have_count(0)
    expect(colleague.others).to_have_count(0)


def test_a_row_says_which_colleagues_are_at_its_conversation(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("Si può pagare con la carta?")
    colleague.open(phone.name)
    sign = inbox.row(phone.name).get_by_role("img", name="Anna Riva sta guardando")
    expect(sign).to_be_visible()
    expect(colleague.row(phone.name).get_by_role("img", name="sta guardando")).to_have_count(0)
    colleague.open("Ada Bianchi")
    expect(sign).to_have_count(0)


def test_three_people_at_once_each_see_the_two_others(
    inbox: Inbox, colleague: Inbox, devices: Devices, site: Site, phone: Phone
) -> None:
    phone.write("Possiamo lasciare i bagagli?")
    with site.third_person("leo@example.com", "Leo Conti") as email:
        third = devices.inbox(email, screen=HANDHELD)
        for each in (inbox, colleague, third):
            each.open(phone.name)
        expect(inbox.others).to_contain_text("Anna e Leo stanno guardando")
        expect(colleague.others).to_contain_text("Giulia e Leo stanno guardando")
        expect(third.others).to_contain_text("Anna e Giulia stanno guardando")
        sign = inbox.row(phone.name).get_by_role("img", name="Anna Riva e Leo Conti stanno")
        expect(sign).to_have_text("2")

        colleague.box.fill("Sì, in port")
        third.box.fill("Certo, dal")
        expect(inbox.others).to_contain_text("Anna e Leo stanno scrivendo…")
        third.send_button.tap()
        third.question("Anna sta scrivendo una risposta").get_by_role(
            "button", name="Prosegui comunque"
        ).tap()
        for each in (inbox, colleague, third):
            expect(each.message("Certo, dal")).to_contain_text("Leo Conti")
        colleague.send_button.click()
        answered = colleague.question("Leo ha risposto nel frattempo")
        answered.get_by_role("button", name="Continua a scrivere").click()
        expect(colleague.box).to_have_value("Sì, in port")
        colleague.box.clear()
        third.page.get_by_role("link", name="Torna alle conversazioni").tap()
        expect(inbox.others).to_contain_text("Anna sta guardando")


def test_who_sends_a_template_or_later_while_a_colleague_writes_is_asked_first_too(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("C'è il seggiolone?")
    page = inbox.page
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Sì, in cam")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    question = inbox.question("Anna sta scrivendo una risposta")

    _more(inbox, "Invia modello")
    inbox.menu.locator(".template-card").filter(has_text="house_rules").click()
    inbox.menu.get_by_role("button", name="Invia", exact=True).click()
    question.get_by_role("button", name="Annulla").click()
    expect(inbox.menu).to_be_visible()
    inbox.menu.get_by_role("button", name="Chiudi").click()

    inbox.box.fill("Le scriviamo domani")
    _more(inbox, "Invia più tardi")
    later = page.get_by_role("dialog", name="Invia più tardi")
    later.get_by_label("Giorno e ora dell'alloggio").fill("2027-03-01T09:00")
    choices = later.get_by_label("Modello da inviare prima")
    rules = choices.locator("option").filter(has_text="house_rules").get_attribute("value")
    choices.select_option(rules)
    later.get_by_role("button", name="Invia più tardi").click()
    question.get_by_role("button", name="Prosegui comunque").click()
    expect(later).to_have_count(0)
    expect(inbox.message("Le scriviamo domani")).to_contain_text("Parte il 1 marzo")
    expect(inbox.log).not_to_contain_text("Le regole della casa")


def _more(inbox: Inbox, what: str) -> None:
    inbox.thread.get_by_role("button", name="Invia qualcos'altro").click()
    inbox.page.get_by_role("menuitem", name=what).click()


def test_who_sends_while_a_colleague_writes_is_asked_first_and_may_go_on(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    # What is told again every few seconds would hide that something was not told at once.
    inbox.page.add_init_script("setInterval = () => 0")
    inbox.page.reload()
    phone.write("Dove si getta il vetro?")
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Nel bid")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")

    inbox.answer("In fondo alla via")
    question = inbox.question("Anna sta scrivendo una risposta")
    question.get_by_role("button", name="Continua a scrivere").click()
    expect(question).to_be_hidden()
    expect(inbox.box).to_be_focused()
    expect(inbox.box).to_have_value("In fondo alla via")
    expect(inbox.message("In fondo alla via")).to_have_count(0)

    inbox.page.keyboard.press("Enter")
    question.get_by_role("button", name="Prosegui comunque").click()
    expect(colleague.message("In fondo alla via")).to_be_visible()
    expect(inbox.box).to_have_value("")
    expect(colleague.others).to_contain_text("Giulia sta guardando")

    inbox.answer("A destra")
    expect(colleague.message("A destra")).to_be_visible()


def test_who_began_before_a_colleague_answered_is_shown_the_answer(
    inbox: Inbox, colleague: Inbox, phone: Phone
) -> None:
    phone.write("C'è un phon?")
    inbox.open(phone.name)
    colleague.open(phone.name)
    colleague.box.fill("Sì, nel bag")
    expect(inbox.others).to_contain_text("Anna sta scrivendo…")
    inbox.box.fill("Sì, nel cassetto")
    expect(colleague.others).to_contain_text("Giulia sta scrivendo…")

    colleague.send_button.click()
    go_on = colleague.page.get_by_role("button", name="Prosegui comunque")
    expect(colleague.question("Giulia sta scrivendo una risposta")).to_be_visible()
    inbox.send_button.click()
    inbox.page.get_by_role("button", name="Prosegui comunque").click()
    expect(colleague.message("Sì, nel cassetto")).to_be_attached()

    # What came while the question stood is a question of its own.
    go_on.click()
    answered = colleague.question("Giulia ha risposto nel frattempo")
    expect(answered).to_contain_text("Sì, nel cassetto")
    go_on.click()
    expect(inbox.message("Sì, nel bag")).to_be_visible()
