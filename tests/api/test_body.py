"""Bodies are read within bounds: of size, of time, and of what all of them hold at once."""

import asyncio
from collections.abc import Iterable

import pytest
from starlette.types import Message, Receive

from inbox_app.api import body
from inbox_app.api.body import BodyError, BodyReader, InFlight

pytestmark = pytest.mark.anyio

READER = BodyReader(max_bytes=100, seconds=5, in_flight=InFlight(max_bytes=1000))


def comes(chunks: Iterable[bytes], *, then: Message | None = None) -> Receive:
    """Says these chunks, and then nothing ever, unless told what."""
    waiting = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    waiting += [then] if then else []

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    return receive


END: Message = {"type": "http.request", "body": b"", "more_body": False}


async def refusal(reader: BodyReader, receive: Receive, declared: str | None = None) -> int:
    with pytest.raises(BodyError) as refused:
        async with reader.read(receive, declared):
            pass
    return refused.value.status


async def test_a_body_is_what_came() -> None:
    async with READER.read(comes([b"one, ", b"two"], then=END)) as content:
        assert content == b"one, two"


async def test_as_much_as_is_allowed_is_taken_and_one_byte_more_is_not() -> None:
    async with READER.read(comes([b"x" * 100], then=END)) as content:
        assert len(content) == 100
    assert await refusal(READER, comes([b"x" * 100, b"x"], then=END)) == 413


async def test_a_sender_without_end_is_left_soon() -> None:
    assert await refusal(READER, comes([b"x" * 100] * 100)) == 413


async def test_what_says_itself_that_it_is_far_too_large_is_refused_unread() -> None:
    assert await refusal(READER, comes([]), declared="1" * 12) == 413


async def test_a_body_that_stays_half_sent_is_given_up() -> None:
    hasty = BodyReader(max_bytes=100, seconds=0.01, in_flight=InFlight())
    assert await refusal(hasty, comes([b"half"])) == 408


async def test_a_sender_who_leaves_is_not_waited_for() -> None:
    assert await refusal(READER, comes([b"half"], then={"type": "http.disconnect"})) == 400


async def test_all_bodies_together_hold_no_more_than_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "_UNCOUNTED_BYTES", 10)
    reader = BodyReader(max_bytes=100, seconds=5, in_flight=InFlight(max_bytes=150))
    async with reader.read(comes([b"x" * 100], then=END)):
        assert await refusal(reader, comes([b"x" * 100], then=END)) == 503
        async with reader.read(comes([b"x" * 60], then=END)):
            pass
    async with reader.read(comes([b"x" * 100], then=END)) as content:
        assert len(content) == 100


async def test_small_bodies_pass_while_large_ones_have_taken_all_the_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "_UNCOUNTED_BYTES", 10)
    reader = BodyReader(max_bytes=100, seconds=5, in_flight=InFlight(max_bytes=90))
    async with (
        reader.read(comes([b"x" * 100], then=END)),
        reader.read(comes([b"x" * 5, b"x" * 5], then=END)) as content,
    ):
        assert len(content) == 10


@pytest.mark.parametrize("ending", ["left", "slow", "large"])
async def test_what_was_not_taken_gives_its_room_back(ending: str) -> None:
    in_flight = InFlight(max_bytes=100_000)
    reader = BodyReader(max_bytes=50_000, seconds=0.01, in_flight=in_flight)
    sent = [b"x" * 40_000] * (2 if ending == "large" else 1)
    then: Message | None = {"type": "http.disconnect"} if ending == "left" else None
    await refusal(reader, comes(sent, then=END if ending == "large" else then))
    assert in_flight.held_bytes == 0
