"""Short messages that have not left become one, which counts as one (C7)."""

from playwright.sync_api import Locator, expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone

SHORT = ("Buongiorno!", "Il codice è 4471", "Il cancello si apre a destra")


def _offline_with_three(devices: Devices) -> tuple[Inbox, Phone]:
    devices.forgive_lost_connections()
    phone = devices.phone()
    phone.write("Come entro?")
    inbox = devices.inbox()
    inbox.open(phone.name)
    inbox.page.wait_for_load_state("networkidle")
    inbox.page.context.set_offline(True)
    for text in SHORT[:2]:
        inbox.answer(text)
        expect(inbox.message(text)).to_be_visible()
    expect(_offer(inbox)).to_have_count(0)
    inbox.answer(SHORT[2])
    return inbox, phone


def _offer(inbox: Inbox) -> Locator:
    return inbox.thread.get_by_role("button", name="Unisci in uno")


def test_three_short_messages_that_wait_arrive_as_one(devices: Devices) -> None:
    inbox, phone = _offline_with_three(devices)
    expect(
        inbox.thread.get_by_role("status").filter(has_text="Contano come 3 messaggi.")
    ).to_be_visible()
    _offer(inbox).click()
    expect(inbox.box).to_have_value("\n".join(SHORT))
    expect(inbox.box).to_be_focused()
    expect(inbox.thread.locator("[data-pending]")).to_have_count(0)
    inbox.box.press("Enter")
    inbox.page.context.set_offline(False)
    expect(phone.message(SHORT[2])).to_contain_text(SHORT[0])
    for text in SHORT:
        expect(phone.message(text)).to_have_count(1)


def test_who_puts_the_offer_away_is_not_asked_again(devices: Devices) -> None:
    inbox, phone = _offline_with_three(devices)
    expect(_offer(inbox)).to_be_visible()
    inbox.thread.get_by_role("button", name="Non suggerirlo più").click()
    expect(_offer(inbox)).to_have_count(0)
    inbox.page.context.set_offline(False)
    expect(phone.message(SHORT[2])).to_be_visible()
    for text in SHORT:
        expect(phone.message(text)).to_have_count(1)
