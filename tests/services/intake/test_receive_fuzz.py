"""Any field mistyped, missing or emptied: no neighbour is lost, and nothing is lost in silence."""

import copy
import json
import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from inbox_app.database import Database
from inbox_app.models import EventState, InboundEvent, Media, Message
from tests.support.factories import make_world
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import Json, change, contact, message, post, status, text

pytestmark = pytest.mark.anyio

VARIANTS = 2000
WORD = "Parola"
FILE = {"id": "77", "mime_type": "image/jpeg", "sha256": "00", "caption": WORD}
CARD = {"name": {"formatted_name": WORD}, "phones": [{"phone": f"+39 02 {WORD}", "wa_id": "3902"}]}
FORM = {"name": "flow", "body": "Sent", "response_json": json.dumps({"camera": [WORD], "ok": True})}
CONTENTS: list[Json] = [
    {"type": "text", "text": {"body": WORD}},
    *({"type": kind, kind: FILE} for kind in ("image", "video", "document", "sticker", "audio")),
    {"type": "location", "location": {"latitude": 45.1, "longitude": 12.3, "name": WORD}},
    {"type": "contacts", "contacts": [CARD]},
    {"type": "button", "button": {"text": WORD, "payload": "p"}},
    *(
        {"type": "interactive", "interactive": {"type": kind, kind: answer}}
        for kind, answer in (
            ("button_reply", {"id": "1", "title": WORD}),
            ("list_reply", {"id": "1", "title": "Camera", "description": WORD}),
            ("nfm_reply", FORM),
        )
    ),
    {"type": "order", "order": {"text": WORD, "product_items": [{"product_retailer_id": WORD}]}},
    {"type": "reaction", "reaction": {"message_id": "wamid.0", "emoji": WORD}},
    {"type": "edit", "edit": {"message": {"type": "text", "text": {"body": WORD}}}},
    {"type": "system", "system": {"type": "user_changed_number", "body": WORD, "wa_id": "39345"}},
    {"type": "unsupported", "errors": [{"code": 131051, "title": WORD}]},
    {"type": "text", "text": {"body": "Ciao"}, "referral": {"headline": WORD, "source_type": "ad"}},
    {"type": "hologram", "hologram": {"title": WORD}},
]
NEWS: list[tuple[str, Json]] = [
    (
        "message_template_status_update",
        {"event": "APPROVED", "other_info": {"title": "FIRST_PAUSE"}},
    ),
    ("message_template_quality_update", {"new_quality_score": "RED"}),
    ("template_category_update", {"new_category": "MARKETING"}),
    ("message_template_components_update", {"message_template_element": "Ciao"}),
    ("phone_number_quality_update", {"event": "FLAGGED", "display_phone_number": "39"}),
    ("phone_number_name_update", {"decision": "REJECTED", "requested_verified_name": "Sole"}),
    ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": ["DISABLE"]}}),
    ("account_update", {"event": "ACCOUNT_RESTRICTION", "restriction_info": [{"expiration": 1}]}),
    ("account_alerts", {"alert_info": {"alert_type": "OBA_REJECTED", "alert_severity": "WARNING"}}),
    ("account_review_update", {"decision": "REJECTED"}),
    ("security", {"event": "PIN_CHANGED"}),
    ("user_preferences", {"user_preferences": [{"wa_id": "39", "value": "stop"}]}),
]
ODD: list[Any] = [None, "", 0, 7, -1, 1.5, True, [], {}, "x" * 600, 10**30, [[]], [None], "\u200b"]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every field, as what holds it and its key."""
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield value, key
        yield from places(value[key])


def mutated(chance: random.Random, raw: Json) -> Json:
    changed = copy.deepcopy(raw)
    holder, key = chance.choice(list(places(changed)))
    if chance.random() < 0.2:
        del holder[key]
    elif chance.random() < 0.2:
        holder[key] = [holder[key]]
    else:
        holder[key] = copy.deepcopy(chance.choice(ODD))
    return changed


@pytest.mark.parametrize("seed", [8])
async def test_whatever_a_field_holds_nothing_is_lost_in_silence(
    sqlite: Database, now: datetime, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    bodies, wrote = list[bytes](), dict[int, str]()
    async with sqlite.transaction() as session:
        await make_world(session, now)
    for number in range(VARIANTS):
        beside = change(messages=[text(f"wamid.n{number}", "Ciao", now, wa_id="393409999999")])
        kind = number % 8
        if kind < 6:
            content = CONTENTS[chance.randrange(len(CONTENTS))]
            raw = mutated(chance, message(f"wamid.m{number}", now, content))
            odd = change(
                messages=[raw, text(f"wamid.b{number}", "Ciao", now)], contacts=[contact("A")]
            )
            wrote[number] = json.dumps(raw)
        elif kind == 6:
            told = status(f"wamid.n{number}", "delivered", now, errors=[{"code": 1, "title": "x"}])
            odd = change(statuses=[mutated(chance, told)])
        else:
            field, value = NEWS[chance.randrange(len(NEWS))]
            odd = mutated(chance, {"field": field, "value": {"message_template_id": 7} | value})
        bodies.append(post(odd, beside))
    inbox = open_inbox(sqlite)
    await inbox.hear(*bodies, at=now)

    states = {event.id - 1: event.state for event in await inbox.all(InboundEvent)}
    files = {file.message_id: file.filename for file in await inbox.all(Media)}
    rows = {row.provider_id: row for row in await inbox.all(Message)}
    assert EventState.RECEIVED not in states.values()
    assert "one by one" not in caplog.text, "a batch was written in one go"
    assert {f"wamid.n{number}" for number in range(VARIANTS)} <= rows.keys()
    assert {f"wamid.b{number}" for number in wrote} <= rows.keys()
    for number, raw in wrote.items():
        row = rows.get(f"wamid.m{number}")
        if row is None:
            assert states[number] is EventState.FAILED or f'"wamid.m{number}"' not in raw, raw
        else:
            shown = json.dumps([row.text, row.details, files.get(row.id), row.error_message])
            assert WORD in shown or WORD not in raw, raw
