"""Short messages that have not left are offered as one (C7)."""

import pytest

from tests.support.node import in_node, need_packages

HI, TIME, CODE, LONG = "Ciao", "Dalle 16", "Il codice è 4471", "x" * 121
LEFT, FILE = {"stays": True}, {"file": {}}


@pytest.fixture(autouse=True, scope="module")
def _packages() -> None:
    need_packages()


def run(sent: list[str | tuple[str, dict[str, object]]], typed: str, most: int) -> list[int]:
    entries = [
        {"ref": at, **({"text": each} if isinstance(each, str) else {"text": each[0], **each[1]})}
        for at, each in enumerate(sent)
    ]
    expression = "module.shortRun(a[0], a[1], a[2]).map(each => each.ref)"
    return in_node("inbox/composer/short_run.js", expression, entries, typed, most)


@pytest.mark.parametrize(
    ("sent", "typed", "found"),
    [
        ([HI, TIME, CODE], "", [0, 1, 2]),
        ([HI, TIME], "", []),
        ([HI, TIME], " \n", []),
        ([HI, TIME], CODE, [0, 1]),
        ([HI], CODE, []),
        ([HI, TIME, CODE], LONG, []),
        ([HI, LONG, TIME, CODE, HI], "", [2, 3, 4]),
        ([HI, TIME, LONG], CODE, []),
        ([(HI, LEFT), TIME, CODE], "", []),
        ([(HI, LEFT), TIME, CODE], HI, [1, 2]),
        ([HI, (TIME, FILE), CODE, HI], "", []),
    ],
)
def test_what_is_a_run_of_short_messages(
    sent: list[str | tuple[str, dict[str, object]]], typed: str, found: list[int]
) -> None:
    assert run(sent, typed, 4096) == found


def test_what_is_too_long_for_one_message_is_left_as_it_is() -> None:
    together = len("\n".join([HI, TIME, CODE])) + 1
    assert run([HI, TIME, CODE], "", together) == [0, 1, 2]
    assert run([HI, TIME, CODE], "", together - 3) == []
