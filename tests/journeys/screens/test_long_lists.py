"""A list longer than a page holds: one gets to its end and back, and nothing jumps (P1, P5)."""

from playwright.sync_api import Locator, expect

from tests.journeys.devices import Devices
from tests.journeys.site import Site

MANY = 200
AT_MOST = 135
"""Rows in the page."""
_STEP, MOST_STEPS = 300, 250
_WALK = """(rows, by) => {
  const box = rows.closest(".rows");
  const inSight = () => [...rows.querySelectorAll("[data-row]")].filter((row) => {
    const [place, frame] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
    return place.top >= frame.top && place.bottom <= frame.bottom;
  });
  const [line] = inSight().slice(by > 0 ? -1 : 0);
  const was = line.getBoundingClientRect().top + box.scrollTop;
  box.scrollTop += by;
  return {
    seen: inSight().map((row) => row.querySelector(".row-name").innerText),
    moved: line.isConnected ? Math.abs(line.getBoundingClientRect().top + box.scrollTop - was) : 0,
    count: rows.querySelectorAll("[data-row]").length,
  };
}"""


def test_one_scrolls_through_two_hundred_conversations_and_back(
    site: Site, devices: Devices
) -> None:
    email = site.make_company("lunga@example.com", conversations=MANY)
    inbox = devices.inbox(email)
    rows = inbox.conversations.get_by_role("list", name="Conversazioni")
    last, first = f"000 {MANY - 1:04}", "000 0000"
    expect(rows.get_by_role("listitem").first).to_contain_text(first)

    seen = _walk_until(rows, inbox.row(last), _STEP)
    assert len(seen) == MANY
    expect(inbox.row(first)).to_have_count(0)

    inbox.row(last).get_by_role("link").click()
    expect(inbox.thread.get_by_role("heading", level=1)).to_contain_text(last)
    expect(inbox.row(last)).to_be_in_viewport()

    assert len(_walk_until(rows, inbox.row(first), -_STEP)) == MANY


def test_who_is_at_the_edge_of_what_is_here_stays_there_when_more_comes(
    site: Site, devices: Devices
) -> None:
    inbox = devices.inbox(site.make_company("orlo@example.com", conversations=MANY))
    rows = inbox.conversations.get_by_role("list", name="Conversazioni")
    _walk_until(rows, inbox.row(f"000 {MANY - 1:04}"), _STEP)

    first = rows.get_by_role("listitem").first.get_attribute("data-row")
    edge = rows.locator(f"[data-row='{first}']")
    rows.evaluate("rows => { rows.closest('.rows').scrollTop = 0; }")

    expect(rows.get_by_role("listitem").first).not_to_have_attribute("data-row", first or "")
    expect(edge).to_be_in_viewport()


def _walk_until(rows: Locator, goal: Locator, by: int) -> set[str]:
    """Scroll until it is in sight; answers all that came by."""
    seen = set(rows.evaluate(_WALK, 0)["seen"])
    for _ in range(MOST_STEPS):
        step = rows.evaluate(_WALK, by)
        assert step["count"] <= AT_MOST
        assert step["moved"] < 2
        seen |= set(step["seen"])
        if goal.is_visible() and goal.locator(".row-name").inner_text() in seen:
            return seen
        rows.page.wait_for_timeout(20)
    raise AssertionError(f"not in sight after {len(seen)} rows")
