"""What another application shares goes into the conversation that is chosen for it (X1)."""

import base64

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.devices import HANDHELD, Devices
from tests.journeys.inbox import Inbox
from tests.journeys.phone import Phone
from tests.support.samples import sample_files

_SHARE = """([text, photos]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/share", enctype: "multipart/form-data" });
  const field = (type, name) => {
    const made = Object.assign(document.createElement("input"), { type, name });
    form.append(made);
    return made;
  };
  field("text", "text").value = text;
  const files = new DataTransfer();
  for (const [name, content] of photos) {
    const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
    files.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  field("file", "files").files = files.files;
  document.body.append(form);
  form.submit();
}"""
_PHOTO = base64.b64encode(sample_files.photo()).decode()


@pytest.fixture
def handheld(devices: Devices) -> Inbox:
    inbox = devices.inbox(screen=HANDHELD)
    inbox.page.evaluate(
        "() => navigator.serviceWorker.controller ??"
        " new Promise((is) => navigator.serviceWorker.addEventListener('controllerchange', is))"
        ".then(() => 0)"
    )
    return inbox


def share(page: Page, text: str, *photos: str) -> None:
    """As a phone does with what is shared to the application."""
    page.evaluate(_SHARE, [text, [[name, _PHOTO] for name in photos]])


def test_what_is_shared_lands_in_the_box_and_above_it(handheld: Inbox, phone: Phone) -> None:
    page = handheld.page
    phone.write("Mi manda la mappa?")
    share(page, "Siamo qui: https://example.com/mappa", "ingresso.jpg")
    bar = page.get_by_role("status").filter(has_text="Scegli la conversazione")
    expect(bar).to_contain_text("ingresso.jpg · Siamo qui")
    page.reload()
    expect(bar).to_contain_text("ingresso.jpg")
    handheld.row(phone.name).get_by_role("link").tap()
    expect(handheld.box).to_have_value("Siamo qui: https://example.com/mappa")
    attached = handheld.thread.get_by_role("list", name="File allegati")
    expect(attached.get_by_role("listitem")).to_have_count(1)
    expect(bar).to_have_count(0)
    page.go_back()
    expect(handheld.row(phone.name)).to_contain_text("Siamo qui: https://example.com/mappa")
    expect(bar).to_have_count(0)


def test_what_cannot_be_added_to_one_conversation_waits_for_another(handheld: Inbox) -> None:
    page = handheld.page
    share(page, "Il nuovo regolamento")
    bar = page.get_by_role("status").filter(has_text="Il nuovo regolamento")
    expect(bar).to_contain_text("Scegli la conversazione")
    handheld.row("Inês Carvalho").get_by_role("link").tap()
    expect(bar).to_contain_text("Scegli un'altra conversazione")
    page.go_back()
    expect(bar).to_contain_text("Scegli la conversazione")
    bar.get_by_role("button", name="Scarta").tap()
    expect(bar).to_have_count(0)
    page.reload()
    handheld.is_there()
    expect(bar).to_have_count(0)


def test_what_is_shared_without_a_network_is_kept(handheld: Inbox, devices: Devices) -> None:
    page = handheld.page
    page.wait_for_function("caches.has('offline')")
    devices.forgive_lost_connections()
    page.context.set_offline(True)
    share(page, "Codice 4821")
    expect(page.get_by_text("Ciò che hai condiviso resta qui")).to_be_visible()
    page.context.set_offline(False)
    bar = page.get_by_role("status").filter(has_text="Codice 4821")
    expect(bar).to_contain_text("Scegli la conversazione")
