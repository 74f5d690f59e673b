"""A conversation is there when it is asked for: its keys, its draft, its reservation (M7)."""

from playwright.sync_api import expect

from tests.journeys.devices import Devices
from tests.journeys.inbox import Inbox

AS_SLOW_AS_A_CHEAP_PHONE = 6


def test_keys_typed_while_a_conversation_opens_are_in_its_box_and_in_no_other(
    inbox: Inbox, devices: Devices
) -> None:
    first, second = devices.phone(), devices.phone()
    first.write("Buongiorno")
    second.write("Buonasera")
    expect(inbox.row(first.name)).to_be_visible()
    inbox.open(second.name)
    devices.forgive_lost_connections()
    inbox.page.context.set_offline(True)
    browser = inbox.page.context.new_cdp_session(inbox.page)
    browser.send("Emulation.setCPUThrottlingRate", {"rate": AS_SLOW_AS_A_CHEAP_PHONE})
    inbox.row(first.name).get_by_role("link").click()
    inbox.page.keyboard.type("Per la prima")
    browser.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    expect(inbox.box).to_have_value("Per la prima")
    inbox.page.context.set_offline(False)
    inbox.shows(first.name)
    expect(inbox.box).to_have_value("Per la prima")
    expect(inbox.box).to_be_focused()
    inbox.open(second.name)
    expect(inbox.box).to_have_value("")


def test_a_conversation_seen_before_is_there_at_once_without_the_server(
    inbox: Inbox, devices: Devices
) -> None:
    devices.forgive_lost_connections()
    inbox.open("Ada Bianchi")
    inbox.open("Marie Lefèvre")
    inbox.page.context.set_offline(True)
    inbox.row("Ada Bianchi").get_by_role("link").click()
    expect(inbox.thread.get_by_role("heading", level=1)).to_contain_text("Ada")
    expect(inbox.reservation).to_contain_text("Villa Ginestra")
    expect(inbox.reservation).not_to_contain_text("Casa Blu")
    inbox.page.context.set_offline(False)
