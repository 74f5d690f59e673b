"""The phone page holds a phone: what is typed leaves from it, what comes shows on it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from reflex.istate.data import RouterData

from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.webhooks import parser
from inbox_app.channels.whatsapp.webhooks.events import InboundMessage
from inbox_app.domain.messages import Amendment
from inbox_app.sandbox import simulator_app
from inbox_app.sandbox.phone import phone_state
from inbox_app.sandbox.phone.phone_state import PhoneState
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, NUMBERS, PEOPLE, Number
from tests.support.servers.simulated_meta import Clock, Meta

pytestmark = pytest.mark.anyio
ADA = PEOPLE[0].key


@pytest.fixture
def phone(meta: Meta, monkeypatch: pytest.MonkeyPatch) -> PhoneState:
    """In a tab of this machine, where nobody has signed in."""

    async def number_for(cookie_header: str) -> Number:
        return NUMBERS[1] if cookie_header else DEMO_NUMBER

    monkeypatch.setattr(phone_state, "number_for", number_for)
    monkeypatch.setattr(simulator_app, "simulator_for", {"127.0.0.1": meta.simulator}.get)
    return in_a_tab("127.0.0.1")


@pytest.fixture
def moved(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """By how much the time was moved."""
    moves: list[timedelta] = []

    async def move(runtime: object, by: timedelta) -> None:
        moves.append(by)

    monkeypatch.setattr(phone_state.clock, "now", clock.now)
    monkeypatch.setattr(phone_state, "current_runtime", object)
    monkeypatch.setattr(phone_state.sandbox_clock, "move", move)
    return moves


def in_a_tab(ip: str, cookie: str = "") -> PhoneState:
    phone = PhoneState(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]
    headers = {"cookie": cookie}
    phone.router = RouterData.from_router_data({"token": "a tab", "ip": ip, "headers": headers})
    return phone


def heard(meta: Meta) -> list[InboundMessage]:
    return [message for one in meta.posted for message in parser.parse(one.content).messages]


def told(meta: Meta) -> list[str]:
    return [
        status.status_raw for one in meta.posted for status in parser.parse(one.content).statuses
    ]


async def we_write(meta: Meta, text: str) -> None:
    payload = messages.text(text, wa_id=ADA, opaque="ours")
    await meta.simulator.accept(DEMO_NUMBER, payload)
    await meta.simulator.webhooks.settle()


async def test_a_phone_is_in_hand_from_the_start(phone: PhoneState) -> None:
    await phone.pick_up()

    assert (phone.person, phone.name) == (ADA, "Ada Bianchi")
    assert len(phone.people) == len(PEOPLE)


async def test_what_is_typed_reaches_us_from_whose_phone_it_is(
    phone: PhoneState, meta: Meta
) -> None:
    await phone.pick_up()

    await phone.write({"text": " Siamo arrivati 😀 "})
    await phone.write({"text": "  "})

    (message,) = heard(meta)
    assert (message.text, message.sender.wa_id) == ("Siamo arrivati 😀", ADA)


async def test_what_we_write_shows_and_is_read_only_while_the_tab_is_seen(
    phone: PhoneState, meta: Meta
) -> None:
    await phone.pick_up()
    await phone.write({"text": "Buongiorno"})

    await we_write(meta, "Eccoci")
    assert told(meta) == ["sent", "delivered"]
    await phone.set_visible(True)
    assert told(meta)[-1] == "read"
    await phone.set_visible(False)
    await we_write(meta, "Ancora")

    assert told(meta)[-1] == "delivered"
    await phone.pick_up()
    assert [bubble["text"] for bubble in phone.bubbles] == ["Buongiorno", "Eccoci", "Ancora"]


async def test_a_number_that_nobody_knows_can_be_had(phone: PhoneState, meta: Meta) -> None:
    await phone.pick_up()

    await phone.choose("")
    await phone.write({"text": "Buongiorno"})

    (message,) = heard(meta)
    assert message.sender.wa_id == phone.person
    assert phone.person not in {person.key for person in PEOPLE}
    assert message.sender.profile_name is None


async def test_a_made_up_choice_gives_a_stranger_and_not_that_number(phone: PhoneState) -> None:
    await phone.choose("390805550100")

    assert phone.person.startswith("39350")


async def test_the_time_goes_to_the_last_minute_of_the_chat_that_is_open(
    phone: PhoneState, clock: Clock, moved: list[timedelta]
) -> None:
    await phone.choose(ADA)
    await phone.write({"text": "Siamo partiti"})
    clock.move(timedelta(hours=3))
    await phone.choose("")
    await phone.write({"text": "Buongiorno"})

    await phone.choose(ADA)
    await phone.go_to_last_minute()

    assert moved == [timedelta(hours=20, minutes=59)]
    assert not phone.no_minute_left


@pytest.mark.parametrize("later", [timedelta(hours=23, minutes=59), timedelta(days=2)])
async def test_a_window_that_is_about_to_close_or_closed_moves_no_time_and_says_so(
    phone: PhoneState, clock: Clock, moved: list[timedelta], later: timedelta
) -> None:
    await phone.choose(ADA)
    await phone.go_to_last_minute()
    assert phone.no_minute_left
    await phone.write({"text": "Siamo partiti"})
    await phone.choose(ADA)
    assert not phone.no_minute_left

    clock.move(later)
    await phone.go_to_last_minute()

    assert moved == []
    assert phone.no_minute_left


@pytest.mark.parametrize(
    ("kind", "type_", "unsupported"),
    [
        ("photo", "image", None),
        ("document", "document", None),
        ("audio", "audio", None),
        ("video", "video", None),
        ("gif", "video", None),
        ("sticker-animated", "sticker", None),
        ("location", "location", None),
        ("poll", "unsupported", "poll_creation"),
        ("contact", "contacts", None),
        ("order", "order", "order"),
        ("nonsense", None, None),
        ("reaction", None, None),
    ],
)
async def test_samples_of_other_kinds_leave_as_whatsapp_tells_them(
    phone: PhoneState, meta: Meta, kind: str, type_: str | None, unsupported: str | None
) -> None:
    await phone.pick_up()

    await phone.send_sample(kind)

    said = [(message.type_raw, message.unsupported_type) for message in heard(meta)]
    assert said == ([(type_, unsupported)] if type_ else [])


@pytest.mark.parametrize("answered", [True, False])
async def test_a_reaction_is_to_what_the_business_wrote_or_else_to_their_own(
    phone: PhoneState, meta: Meta, answered: bool
) -> None:
    await phone.pick_up()
    await phone.write({"text": "Ci siete?"})
    chat = meta.simulator.phones.chat(DEMO_NUMBER.phone_number_id, phone.person)
    if answered:
        chat.messages.insert(0, replace(chat.messages[-1], id="wamid.ours", mine=False))

    await phone.send_sample("reaction")

    own = chat.messages[-2].id
    assert heard(meta)[-1].concerns == ("wamid.ours" if answered else own)


@pytest.mark.parametrize(
    ("kind", "amends"), [("edit", Amendment.EDIT), ("deletion", Amendment.DELETION)]
)
async def test_what_was_written_is_edited_and_deleted(
    phone: PhoneState, meta: Meta, kind: str, amends: Amendment
) -> None:
    await phone.pick_up()
    await phone.send_sample(kind)
    assert heard(meta) == []
    await phone.write({"text": "Ci siete?"})

    await phone.send_sample(kind)

    written, told = heard(meta)
    assert (told.amends, told.concerns) == (amends, written.provider_id)


async def test_another_business_number_has_a_chat_of_its_own(phone: PhoneState, meta: Meta) -> None:
    await phone.pick_up()
    await phone.write({"text": "Alla prima"})
    other = NUMBERS[1]

    await phone.write_to(other.phone_number_id)
    assert phone.bubbles == []
    await phone.write({"text": "Alla seconda"})

    reached = [(message.phone_number_id, message.text) for message in heard(meta)]
    assert reached == [
        (DEMO_NUMBER.phone_number_id, "Alla prima"),
        (other.phone_number_id, "Alla seconda"),
    ]
    await phone.write_to("nobody's")
    assert [bubble["text"] for bubble in phone.bubbles] == ["Alla prima"]


async def test_beside_a_companys_inbox_it_writes_to_that_company_until_another_is_chosen(
    phone: PhoneState,
) -> None:
    beside = in_a_tab("127.0.0.1", "sid=theirs")
    await beside.pick_up()
    assert beside.line == NUMBERS[1].phone_number_id
    await beside.write_to(DEMO_NUMBER.phone_number_id)
    await beside.pick_up()
    assert beside.line == DEMO_NUMBER.phone_number_id


async def test_another_machine_holds_no_phone(phone: PhoneState, meta: Meta) -> None:
    elsewhere = in_a_tab("192.0.2.7")

    await elsewhere.pick_up()
    elsewhere.person = ADA
    await elsewhere.write({"text": "Buongiorno"})
    await elsewhere.send_sample("photo")
    await elsewhere.choose(ADA)
    await elsewhere.write_to(NUMBERS[1].phone_number_id)
    await elsewhere.set_visible(True)

    assert not elsewhere.there
    assert elsewhere.bubbles == []
    assert meta.posted == []


async def test_marketing_is_stopped_and_taken_again(phone: PhoneState, meta: Meta) -> None:
    await phone.pick_up()
    assert phone.marketing

    await phone.turn_marketing()
    assert not phone.marketing
    await phone.turn_marketing()
    assert phone.marketing

    changes = [json.loads(one.content)["entry"][0]["changes"][0] for one in meta.posted]
    assert [change["field"] for change in changes] == ["user_preferences"] * 2
    told = [change["value"]["user_preferences"][0] for change in changes]
    assert [(one["wa_id"], one["value"]) for one in told] == [(ADA, "stop"), (ADA, "resume")]
    assert all(isinstance(one["timestamp"], int) for one in told)


async def test_what_somebody_blocked_writes_stays_on_the_phone(
    phone: PhoneState, meta: Meta
) -> None:
    await phone.pick_up()
    await phone.write({"text": "Ciao"})
    meta.simulator.block(DEMO_NUMBER, f"+{ADA}")

    await phone.write({"text": "Mi sentite?"})

    assert [message.text for message in heard(meta)] == ["Ciao"]
    await phone.pick_up()
    assert [(bubble["text"], bubble["status"]) for bubble in phone.bubbles] == [
        ("Ciao", "delivered"),
        ("Mi sentite?", "sent"),
    ]
