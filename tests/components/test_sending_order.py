"""What was sent after a file whose upload is under way waits for it, in its own thread (M7)."""

import pytest

from tests.support.node import in_node, need_packages

TEXT, FILE, COMING = {}, {"file": {}}, {"file": {}, "waits": True}


@pytest.fixture(autouse=True, scope="module")
def _packages() -> None:
    need_packages()


@pytest.mark.parametrize(
    ("entries", "held"),
    [
        ([TEXT, FILE, TEXT], []),
        ([TEXT, COMING], [1]),
        ([TEXT, COMING, TEXT, FILE], [1, 2, 3]),
        ([COMING, {"thread": "another"}, TEXT], [0, 2]),
        ([COMING, {"handed": 1}, TEXT], [0, 2]),
        ([COMING, {"handed": 1, "undoing": True}], [0]),
        ([COMING, {"undoing": True}], [0]),
    ],
)
def test_what_is_held_up(entries: list[dict[str, object]], held: list[int]) -> None:
    sent = [{"ref": at, "thread": "one", **entry} for at, entry in enumerate(entries)]
    expression = "[...module.heldUp(a[0])]"
    assert in_node("inbox/outgoing/sending_order.js", expression, sent) == held


@pytest.mark.parametrize(
    ("entry", "there"),
    [
        (TEXT, False),
        (COMING, False),
        ({"handed": 1}, True),
        ({"inherited": True}, True),
        ({**FILE, "inherited": True, "handed": False}, True),
        ({**COMING, "inherited": True}, False),
    ],
)
def test_what_another_page_left_may_be_on_the_server_already_unless_its_file_was_on_its_way(
    entry: dict[str, object], there: bool
) -> None:
    assert in_node("inbox/outgoing/sending_order.js", "module.mayBeThere(a[0])", entry) is there
