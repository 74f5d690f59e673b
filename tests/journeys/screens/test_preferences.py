"""The language and the theme that a person likes (X2)."""

import re

from playwright.sync_api import expect

from tests.journeys.devices import AGENT, HANDHELD, Devices
from tests.journeys.inbox import Inbox


def test_the_language_changes_and_follows_to_the_other_device(
    colleague: Inbox, devices: Devices
) -> None:
    page, handheld = colleague.page, devices.inbox(AGENT, screen=HANDHELD)
    colleague.open("João Pereira")
    page.get_by_role("button", name="Profilo").click()
    page.get_by_role("menuitemradio", name="English").click()
    expect(page.get_by_role("region", name="Conversations")).to_be_visible()
    expect(page.get_by_role("region", name="Messages")).to_contain_text("Try again")
    expect(page.get_by_role("searchbox")).to_have_accessible_name(re.compile("^Name, number"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("menu")).to_have_count(0)
    handheld.page.reload()
    expect(handheld.page.get_by_role("heading", name="Inbox")).to_be_visible()

    page.get_by_role("button", name="Profile").click()
    page.get_by_role("menuitemradio", name="Italiano").click()
    expect(colleague.thread).to_contain_text("Riprova")


def test_another_language_loads_nothing_anew_and_leaves_what_is_typed(colleague: Inbox) -> None:
    page = colleague.page
    colleague.open("Marie Lefèvre")
    colleague.box.fill("Arriviamo subito")
    page.evaluate("self.isStillThere = true")
    page.get_by_role("button", name="Profilo").click()
    page.get_by_role("menuitemradio", name="English").click()
    box = page.get_by_role("textbox", name="Write a message")
    expect(box).to_have_value("Arriviamo subito")
    expect(page.get_by_role("menu")).to_have_count(0)
    page.get_by_role("button", name="Profile").click()
    page.get_by_role("menuitemradio", name="Italiano").click()
    expect(colleague.box).to_have_value("Arriviamo subito")
    colleague.box.fill("")
    assert page.evaluate("self.isStillThere"), "it was loaded anew"


def test_the_theme_is_what_the_person_chose_whatever_the_device_prefers(
    colleague: Inbox, devices: Devices
) -> None:
    page, handheld = colleague.page, devices.inbox(AGENT, screen=HANDHELD)
    body = page.locator("body")
    light = body.evaluate("body => getComputedStyle(body).backgroundColor")
    page.get_by_role("button", name="Profilo").click()
    page.get_by_role("menuitemradio", name="Scuro").click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    expect(body).not_to_have_css("background-color", light)
    handheld.page.reload()
    expect(handheld.page.locator("html")).to_have_class(re.compile("dark"))

    page.get_by_role("button", name="Profilo").click()
    page.get_by_role("menuitemradio", name="Sistema").click()
    expect(page.locator("html")).not_to_have_class(re.compile("dark"))
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class(re.compile("dark"))


def test_no_form_can_be_sent_before_the_page_has_heard_whose_it_is(colleague: Inbox) -> None:
    page = colleague.page
    page.route_web_socket("**", lambda _unanswered: None)
    page.goto("/settings")
    choices = page.get_by_role("group", name="Annulla invio")
    expect(choices.get_by_role("button", name="10 secondi")).to_be_disabled()
