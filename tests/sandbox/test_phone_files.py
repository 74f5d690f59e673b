"""Files of the machine leave from the test phone, and what stands in its chats is seen there."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from inbox_app.channels.whatsapp.webhooks import parser
from inbox_app.channels.whatsapp.webhooks.events import InboundMessage
from inbox_app.sandbox.phone import phone_files
from inbox_app.sandbox.simulator.own_files import MOST_BYTES
from inbox_app.sandbox.simulator.people import DEMO_NUMBER, PEOPLE
from tests.support.samples import sample_files as files
from tests.support.servers.simulated_meta import Meta

pytestmark = pytest.mark.anyio
ADA = PEOPLE[0].key
TO_US = {"number": DEMO_NUMBER.phone_number_id, "person": ADA}


@pytest.fixture
async def here(meta: Meta, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at this machine."""

    def caller(request: Request) -> str:
        return request.headers.get("x-from", "127.0.0.1")

    monkeypatch.setattr(phone_files, "caller", caller)
    monkeypatch.setattr(phone_files, "simulator_for", {"127.0.0.1": meta.simulator}.get)
    transport = httpx.ASGITransport(Starlette(routes=phone_files.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://us") as http:
        yield http


async def send(
    here: httpx.AsyncClient, content: bytes, name: str = "Foto%201.jpg", **query: Any
) -> httpx.Response:
    headers = {"x-filename": name, "content-type": "application/octet-stream"}
    to = TO_US | {"size": len(content)} | query
    return await here.post("/sandbox/phone/files", params=to, content=content, headers=headers)


def heard(meta: Meta) -> list[InboundMessage]:
    return [message for one in meta.posted for message in parser.parse(one.content).messages]


async def test_several_are_messages_of_their_own_in_their_order(
    here: httpx.AsyncClient, meta: Meta
) -> None:
    sent = [
        await send(here, files.photo(), caption="Ecco"),
        await send(here, files.mp4(), "tour.jpg"),
        await send(here, files.pdf(), "Regole%20della%20casa.pdf"),
    ]

    assert [answer.json()["captioned"] for answer in sent] == [True, False, False]
    told = heard(meta)
    assert [message.type_raw for message in told] == ["image", "video", "document"]
    assert told[0].text == "Ecco"
    assert told[2].media
    assert told[2].media.filename == "Regole della casa.pdf"


async def test_what_was_sent_is_kept_by_meta_and_seen_on_the_phone(
    here: httpx.AsyncClient, meta: Meta
) -> None:
    photo = files.photo()
    await send(here, photo)

    (message,) = heard(meta)
    assert message.media
    kept = meta.simulator.media.get(message.media.id)
    assert kept.path.read_bytes() == photo
    seen = await here.get(f"/sandbox/phone/files/{kept.id}")
    assert (seen.content, seen.headers["content-type"]) == (photo, "image/jpeg")


async def test_a_web_page_is_shown_as_nothing_but_a_file(
    here: httpx.AsyncClient, meta: Meta
) -> None:
    headers = {"x-filename": "a.html", "content-type": "text/html"}
    await here.post("/sandbox/phone/files", params=TO_US, content=files.SVG, headers=headers)

    (message,) = heard(meta)
    assert message.media
    seen = await here.get(f"/sandbox/phone/files/{message.media.id}")
    assert seen.headers["content-type"] == "application/octet-stream"
    assert seen.headers["content-disposition"].startswith("attachment")


async def test_words_stay_in_the_box_when_nothing_can_carry_them(here: httpx.AsyncClient) -> None:
    answer = await send(here, b"ID3" + bytes(40), "voce.mp3", caption="Ecco")

    assert answer.json() == {"captioned": False}


async def test_of_a_file_that_is_too_large_only_the_beginning_leaves_and_we_are_told(
    here: httpx.AsyncClient, meta: Meta
) -> None:
    answer = await send(here, files.mp4()[:4096], size=MOST_BYTES + 1)

    assert answer.status_code == 201
    (message,) = heard(meta)
    assert (message.type_raw, [error.code for error in message.errors]) == ("video", [131052])


async def test_one_that_goes_on_for_ever_is_not_kept(
    here: httpx.AsyncClient, meta: Meta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phone_files, "MOST_BYTES", 100)

    answer = await send(here, files.photo(), size=10)

    assert answer.status_code == 413
    assert meta.posted == []


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ({"person": "390000"}, {"x-filename": "a"}),
        ({"number": "1"}, {"x-filename": "a"}),
        ({}, {}),
        ({}, {"x-filename": "a", "x-from": "192.0.2.7"}),
    ],
    ids=["nobody's phone", "no number", "from another site", "another machine"],
)
async def test_nobody_else_sends(
    here: httpx.AsyncClient, meta: Meta, query: dict[str, str], headers: dict[str, str]
) -> None:
    answer = await here.post(
        "/sandbox/phone/files", params=TO_US | query, content=b"x", headers=headers
    )

    assert answer.status_code == 404
    assert meta.posted == []


async def test_nobody_else_sees(here: httpx.AsyncClient, meta: Meta) -> None:
    kept = meta.simulator.media.keep(b"x", "image/jpeg")

    elsewhere = {"x-from": "192.0.2.7"}
    seen = await here.get(f"/sandbox/phone/files/{kept.id}", headers=elsewhere)
    unknown = await here.get("/sandbox/phone/files/1234")

    assert (seen.status_code, unknown.status_code) == (404, 404)
