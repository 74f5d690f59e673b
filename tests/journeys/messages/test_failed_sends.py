"""Meta refuses, breaks or falls silent: the person is told, and nothing goes out twice (M6, B7)."""

import pytest
from playwright.sync_api import expect

from tests.journeys.devices import ADMIN, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.journeys.site import Site


@pytest.fixture
def talking(inbox: Inbox, phone: Phone) -> Inbox:
    """The inbox with a conversation open that `phone` began."""
    phone.write("Buongiorno")
    inbox.open(phone.name)
    return inbox


def test_a_failure_says_why_and_is_really_sent_again(
    talking: Inbox, phone: Phone, faults: Site
) -> None:
    faults.break_meta(failures=[131000])
    talking.answer("La colazione è alle otto")
    failed = talking.message("La colazione è alle otto")
    expect(failed).to_contain_text("Non consegnato")
    expect(failed).to_contain_text("131000")

    failed.get_by_role("button", name="Riprova").click()
    expect(phone.message("La colazione è alle otto")).to_have_count(1)
    expect(talking.message("La colazione è alle otto").last).to_contain_text("Letto")
    expect(talking.thread.get_by_role("button", name="Riprova")).to_have_count(0)


def test_what_meta_cannot_take_now_waits_in_the_queue(
    talking: Inbox, phone: Phone, faults: Site
) -> None:
    faults.break_meta(sends=["unavailable"])
    talking.follow_ticks()
    talking.answer("Il check-in è dalle 16")
    expect(talking.message("Il check-in è dalle 16")).to_contain_text("Letto")
    assert "In coda" in talking.ticks_followed()
    expect(phone.message("Il check-in è dalle 16")).to_have_count(1)


def test_a_silence_after_acceptance_is_uncertain_until_the_status_comes(
    talking: Inbox, phone: Phone, faults: Site
) -> None:
    faults.break_meta(sends=["reset_after_acceptance"])
    talking.follow_ticks()
    talking.answer("Le chiavi sono nella cassetta")
    expect(talking.message("Le chiavi sono nella cassetta")).to_contain_text("Letto")
    assert "Esito incerto" in talking.ticks_followed()
    expect(phone.message("Le chiavi sono nella cassetta")).to_have_count(1)


def test_who_types_on_while_a_message_leaves_loses_no_letter(talking: Inbox, phone: Phone) -> None:
    sentences = ["Il bus è il 12", "Parte alle nove", "Il biglietto costa due euro"]
    for sentence in sentences:
        talking.page.keyboard.type(sentence)
        talking.page.keyboard.press("Enter")
    for sentence in sentences:
        expect(phone.message(sentence)).to_have_count(1)
        expect(talking.message(sentence)).to_contain_text("Letto")
    expect(talking.box).to_have_value("")


def test_the_number_of_someone_not_on_whatsapp_is_to_be_corrected(inbox: Inbox, site: Site) -> None:
    site.receive("+393471110026", "Mi sentite?", name="Senza WhatsApp")
    inbox.open("+39 347 111 0026")
    inbox.answer("Sì, certo")
    expect(inbox.message("Sì, certo")).to_contain_text("131026")
    expect(inbox.thread).to_contain_text("WhatsApp non è riuscito a consegnare a questo numero")
    expect(inbox.thread.get_by_role("button", name="Riprova")).to_have_count(1)


def test_answers_that_nobody_can_pay_for_are_an_alarm_in_the_settings(
    talking: Inbox, faults: Site, devices: Devices
) -> None:
    """C7."""
    faults.break_meta(used_up=True, unpaid=True)
    talking.answer("La lavatrice è in cantina")
    expect(talking.message("La lavatrice è in cantina")).to_contain_text("131042")
    faults.mend_meta()
    settings = devices.signed_in(ADMIN, "/settings")
    expect(settings.get_by_role("alert")).to_contain_text("Manca un metodo di pagamento")
    expect(settings.get_by_role("row", name="Risposte")).to_be_visible()
