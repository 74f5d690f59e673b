"""What many tabs are told alike is one packet, and nobody gets another's."""

import asyncio
from collections.abc import Callable

import pytest
from engineio.packet import MESSAGE, Packet

from inbox_app.pages.tabs import same_packets
from inbox_app.pages.tabs.same_packets import Delta, Round, one_round

pytestmark = pytest.mark.anyio

ROWS = [{"id": "1"}]


def telling(name: str, value: object) -> dict[str, dict[str, object]]:
    return {"state": {name: value}}


def made(round_: Round, delta: Delta) -> Packet:
    make: Callable[[], Packet] = lambda: Packet(MESSAGE, repr(delta))  # noqa: E731
    return round_.packet(delta, make)


def test_who_is_told_the_same_gets_the_same_packet() -> None:
    round_ = Round()
    first = made(round_, telling("rows", ROWS) | {"other": {"count": 1}})
    assert made(round_, telling("rows", ROWS) | {"other": {"count": 1}}) is first


@pytest.mark.parametrize(
    "other",
    [
        telling("rows", [{"id": "1"}]),
        telling("names", ROWS),
        {"another": {"rows": ROWS}},
        telling("rows", ROWS) | {"other": {"count": 1}},
        {},
    ],
    ids=["equal but another object", "another name", "another state", "more", "nothing"],
)
def test_who_is_told_anything_else_gets_their_own(other: Delta) -> None:
    round_ = Round()
    first, second = made(round_, telling("rows", ROWS)), made(round_, other)
    assert (first.data, second.data) == (repr(telling("rows", ROWS)), repr(other))


@pytest.mark.parametrize(("one", "other"), [(True, 1), (0, False), (1, 1.0), ("1", 1), (None, "")])
def test_what_only_compares_equal_is_not_the_same(one: object, other: object) -> None:
    round_ = Round()
    assert made(round_, telling("v", one)) is not made(round_, telling("v", other))


async def test_a_task_that_outlives_its_round_sends_for_itself() -> None:
    over, found = asyncio.Event(), list[Round | None]()

    async def look() -> None:
        found.append(same_packets.current())
        await over.wait()
        found.append(same_packets.current())

    with one_round():
        task = asyncio.create_task(look())
        await asyncio.sleep(0)
    over.set()
    await task
    assert isinstance(found[0], Round)
    assert found[1] is None
    assert same_packets.current() is None
