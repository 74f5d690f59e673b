"""What cannot be shown as it came, and what was edited or deleted, as a property manager sees it
(M4)."""

from playwright.sync_api import expect

from tests.journeys.inbox import Inbox
from tests.journeys.site import Site

POLL = {"type": "unsupported", "unsupported": {"type": "poll_creation"}}
VOTE = {"type": "unsupported", "unsupported": {"type": "poll_update"}}


def text(body: str, **more: str) -> dict[str, object]:
    return {"type": "text", "text": {"body": body}, **more}


def test_one_tap_asks_for_a_poll_in_another_form_and_a_text_settles_it(
    inbox: Inbox, site: Site
) -> None:
    number, name = "+393401110071", "+39 340 111 0071"
    site.hear(number, POLL, VOTE, VOTE)
    inbox.open(name)
    notice = inbox.log.get_by_role("article").filter(has_text="Ricevuto su WhatsApp: sondaggio × 3")
    expect(notice).to_have_count(1)

    notice.get_by_role("button", name="Chiedi di inviarlo di nuovo").click()
    expect(inbox.message("Puoi scriverlo di nuovo")).to_have_count(1)
    expect(notice).to_contain_text("Hai chiesto di inviarlo di nuovo.")
    expect(notice.get_by_role("button")).to_have_count(0)

    site.receive(number, "Preferiamo le 15")
    expect(notice).to_contain_text("È seguito un messaggio in un formato compatibile.")


def test_an_edit_and_a_deletion_are_seen_on_their_message_and_hide_nothing(
    inbox: Inbox, site: Site
) -> None:
    number, name = "+393401110072", "+39 340 111 0072"
    site.hear(
        number,
        text("Arriviamo alle 15", id="wamid.journey.one"),
        text("La doccia perde", id="wamid.journey.two"),
    )
    inbox.open(name)
    told = {"original_message_id": "wamid.journey.one", "message": text("Arriviamo alle 17")}
    site.hear(number, {"type": "edit", "edit": told})
    revoked = {"original_message_id": "wamid.journey.two"}
    site.hear(number, {"type": "revoke", "revoke": revoked})

    edited = inbox.message("Arriviamo alle 17")
    edited.get_by_text("Modificato").click()
    expect(edited.get_by_text("Arriviamo alle 15")).to_be_visible()
    expect(inbox.message("Eliminato da")).to_contain_text("La doccia perde")


def test_what_is_left_unread_for_later_stays_so(inbox: Inbox, site: Site) -> None:
    number, name = "+393401110073", "+39 340 111 0073"
    site.receive(number, "Ci sentiamo domani?")
    inbox.open(name)
    expect(inbox.row(name)).not_to_contain_text("non lett")

    inbox.thread.get_by_role("button", name="Altre azioni").click()
    inbox.page.get_by_role("menuitem", name="Segna come non letta").click()

    expect(inbox.row(name)).to_contain_text("non lett")
    expect(inbox.log).to_have_count(0)
