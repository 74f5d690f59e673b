"""Search over the API (P5)."""

from datetime import timedelta

import pytest

from inbox_app.clock import real_now
from inbox_app.models import Conversation
from tests.api.two_companies import Installation, ada_writes
from tests.queries.conversations import book

pytestmark = pytest.mark.anyio


async def test_people_reservations_and_messages_are_found_with_what_was_typed_in_them(
    here: Installation,
) -> None:
    now = real_now()
    conversation = await ada_writes(here, text="Sono Bianchi, arrivo tardi")
    async with here.runtime.database.transaction() as session:
        await book(session, here.world.account_id, here.world.ada_id, now, "CB-3107")
        thread = await session.get(Conversation, int(conversation))
        assert thread is not None
        thread.actor_id = here.world.ada_id
    items = (await here.pms.get("/search", params={"q": "bianc"})).json()["items"]
    assert [(item["what"], item["title"], item["highlights"]) for item in items] == [
        ("actor", "Ada Bianchi", {"title": [[4, 11]], "snippet": []}),
        ("reservation", "CB-3107", {"title": [], "snippet": [[4, 11]]}),
        ("message", "Ada Bianchi", {"title": [], "snippet": [[5, 12]]}),
    ]
    assert {item["conversation_id"] for item in items} == {conversation}
    day = now.date()
    assert items[1]["snippet"] == (f"Ada Bianchi · Casa CB-3107 · {day}/{day + timedelta(days=4)}")
    assert (items[2]["id"], items[2]["snippet"]) == (
        items[2]["message_id"],
        "Sono Bianchi, arrivo tardi",
    )


async def test_one_may_ask_for_some_of_it(here: Installation) -> None:
    for number in range(3):
        await here.pms.put(f"/actors/{number}", json={"kind": "guest", "name": f"Zeno {number}"})
    await ada_writes(here, text="Zeno")
    for asked, expected in (
        ({"what": "message"}, ["message"]),
        ({"what": ["actor", "message"], "limit": 2}, ["actor", "actor", "message"]),
    ):
        items = (await here.pms.get("/search", params={"q": "zeno"} | asked)).json()["items"]
        assert [item["what"] for item in items] == expected
    assert (await here.other.get("/search", params={"q": "zeno"})).json() == {"items": []}
    assert (await here.pms.get("/search")).status_code == 422
