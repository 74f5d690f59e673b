"""A device tells its person what came while nobody looked, and shows what it knows without a
network (N1, N2, N3)."""

from collections.abc import Callable

from playwright.sync_api import Page, Worker, expect

from tests.journeys.devices import ADMIN, AGENT, Devices
from tests.journeys.site import Site
from tests.support.patience import PATIENCE

# Chromium without a screen lets nobody be notified: the page believes that it may, and what the
# service worker would put on the screen is kept. To it every tab has the focus: here none has.
_ALLOWED = """
  Object.defineProperty(Notification, "permission", { get: () => "granted" });
  Notification.requestPermission = async () => "granted";
  PushManager.prototype.subscribe = () => Promise.reject(new Error("no push service"));
"""
_ASKED = """
  self.permission = "default";
  Object.defineProperty(Notification, "permission", { get: () => self.permission });
  Notification.requestPermission = async () => (self.permission = "denied");
"""
_SCREEN = """() => {
  Object.defineProperty(WindowClient.prototype, "focused", { get: () => false });
  const close = function () {
    self.screenOfDevice = self.screenOfDevice.filter((each) => each !== this);
  };
  self.screenOfDevice = [];
  self.registration.getNotifications = async () => self.screenOfDevice;
  self.registration.showNotification = async (title, rest) => {
    const others = self.screenOfDevice.filter((each) => each.tag !== rest.tag);
    self.screenOfDevice = [...others, { title, ...rest, close }];
  };
}"""
_HEARING = """
  self.tonesHeard = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    self.tonesHeard.push(this.frequency.value);
    return start.apply(this, when);
  };
"""
_HEARD = "() => self.tonesHeard"
_SOFT = 700
_SHOWN = """() => self.screenOfDevice.map(
  ({ title, body, data }) => ({ title, body, url: data.url })
)"""
_IS_KEPT = """() => caches.open("offline")
  .then((cache) => cache.keys())
  .then((files) => files.length >= 5)"""
_AN_OLD_BUILD = """() => caches.open("offline").then(async (cache) => {
  const files = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
  for (const path of ["/", location.pathname, ...files]) {
    await cache.put(path, new Response("an old build"));
  }
})"""


def test_a_message_is_on_the_screen_until_somebody_reads_it(devices: Devices, site: Site) -> None:
    page = _device(devices, site, "/settings/notifications")
    expect(page.get_by_role("button", name="Disattiva qui")).to_be_visible()
    worker = _worker(page)
    worker.evaluate(_SCREEN)
    site.receive("+393331234567", "C'è posto per l'auto?")
    (shown,) = _shown(page, worker, lambda shown: bool(shown))
    assert (shown["title"], shown["body"]) == ("+39 333 123 4567", "C'è posto per l'auto?")
    devices.inbox(path=shown["url"], at_once=False)
    assert _shown(page, worker, lambda shown: not shown) == []


def test_who_refuses_reads_how_to_allow_it_and_finds_the_button_when_they_come_back(
    devices: Devices, site: Site
) -> None:
    page = _device(devices, site, "/settings/notifications", _ASKED)
    turn_on = page.get_by_role("button", name="Attiva qui")
    turn_on.click()
    refused = page.get_by_role("status").filter(has_text="Le notifiche sono bloccate")
    expect(refused).to_contain_text("impostazioni del browser")
    expect(turn_on).to_have_count(0)
    # They allow to be asked again in another window, and come back to this one.
    page.evaluate("self.permission = 'default'")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(refused).to_have_count(0)
    expect(turn_on).to_be_enabled()


def test_who_is_mentioned_is_told_until_they_have_looked_whoever_reads_the_conversation(
    devices: Devices, site: Site
) -> None:
    page = _device(devices, site, "/settings/notifications")
    expect(page.get_by_role("button", name="Disattiva qui")).to_be_visible()
    worker = _worker(page)
    worker.evaluate(_SCREEN)
    colleague = devices.inbox(AGENT)
    colleague.open("Ada Bianchi")
    colleague.page.keyboard.press("Alt+p")
    colleague.page.keyboard.type("Ci pensi tu, @giu")
    colleague.page.keyboard.press("Enter")
    colleague.page.keyboard.type("?")
    colleague.page.keyboard.press("Enter")
    (shown,) = _shown(page, worker, lambda shown: bool(shown))
    assert shown["title"] == "Ada Bianchi"
    assert shown["body"] == "Anna Riva ti ha menzionato: Ci pensi tu, @Giulia Russo ?"
    devices.inbox(path=shown["url"], at_once=False)
    assert _shown(page, worker, lambda shown: not shown) == []


def test_who_is_on_call_hears_urgent_words_though_they_chose_silence(
    devices: Devices, site: Site
) -> None:
    """S4: in the page it rings, and stands on the screen until they have looked."""
    with site.away("perdita", on_call=ADMIN):
        page = _device(devices, site, "/settings/notifications", _HEARING)
        expect(page.get_by_role("button", name="Disattiva qui")).to_be_visible()
        worker = _worker(page)
        worker.evaluate(_SCREEN)
        site.receive("+393331234568", "Buonasera")
        _shown(page, worker, lambda shown: bool(shown))
        assert page.evaluate(_HEARD) == []
        site.receive("+393331234568", "C'è una perdita in cucina")
        urgent = "Urgente: C'è una perdita in cucina"
        shown = _shown(page, worker, lambda shown: urgent in {each["body"] for each in shown})
        assert {each["title"] for each in shown} >= {"+39 333 123 4568"}
        page.wait_for_function("() => self.tonesHeard.length > 0")
        assert min(page.evaluate(_HEARD)) > _SOFT
        devices.inbox(path=shown[-1]["url"], at_once=False)
        assert _shown(page, worker, lambda shown: not shown) == []


def test_without_a_network_what_was_seen_is_there_and_no_old_build_is_served(
    devices: Devices, site: Site
) -> None:
    page = _device(devices, site, "/")
    row = page.locator("[data-conversation]").first
    row.click()
    expect(page.get_by_role("log")).to_be_visible()
    page.wait_for_function(_IS_KEPT)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.evaluate(_AN_OLD_BUILD)
    page.reload()
    expect(row).to_be_visible()
    devices.forgive_lost_connections()
    page.context.set_offline(True)
    page.goto("/inbox")
    expect(page.get_by_text("Sei offline.")).to_be_visible()
    page.locator("#list button").first.click()
    page.get_by_role("textbox").fill("Arriviamo noi alle 18")
    page.context.set_offline(False)
    expect(page.get_by_role("log").get_by_role("article").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Scrivi un messaggio")).to_have_value(
        "Arriviamo noi alle 18"
    )


def _device(devices: Devices, site: Site, path: str, *scripts: str) -> Page:
    page = devices.new()
    for script in (_ALLOWED, *scripts):
        page.add_init_script(script)
    name, value = site.sign_in(ADMIN)
    page.context.add_cookies([{"name": name, "value": value, "url": site.url}])
    page.goto(path)
    return page


def _worker(page: Page) -> Worker:
    page.evaluate("navigator.serviceWorker.ready")
    return page.context.service_workers[-1]


def _shown(
    page: Page, worker: Worker, enough: Callable[[list[dict[str, str]]], bool]
) -> list[dict[str, str]]:
    """What stands on the screen, once it is so; a worker tells nobody that something changed. The
    windows of the demo's own people close when their time has come: none of it is about those."""
    shown = _now_shown(worker)
    for _ in range(int(10 * PATIENCE)):
        if enough(shown):
            break
        page.wait_for_timeout(100)
        shown = _now_shown(worker)
    return shown


def _now_shown(worker: Worker) -> list[dict[str, str]]:
    shown: list[dict[str, str]] = worker.evaluate(_SHOWN)
    return [each for each in shown if "la finestra si chiude" not in each["body"]]
