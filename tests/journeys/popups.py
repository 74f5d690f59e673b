"""Windows that close themselves."""

from playwright.sync_api import Page, expect


def press_the_last(popup: Page, name: str) -> None:
    """Press the button that closes the window: Playwright's own click is not over before the page
    has answered, and this one may be gone by then."""
    button = popup.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    with popup.expect_event("close"):
        button.evaluate("button => setTimeout(() => button.click())")
