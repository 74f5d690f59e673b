"""Lists of rows reach the browser as what changed in them, and are there what they are here."""

from random import Random
from typing import Any

from inbox_app.pages.tabs.row_patches import PATCH, SentRows, SharedPatches, patch
from tests.support.node import in_node

SCRIPT = "../operating/row_patches.js"
STATE, NAME = "state", "rows"


def rows(*ids: int, said: str = "") -> list[dict[str, Any]]:
    return [{"id": str(id_), "said": said} for id_ in ids]


def sent(socket: SentRows, after: list[dict[str, Any]]) -> Any:
    return socket.patched({STATE: {NAME: after}})[STATE][NAME]


def test_of_a_list_that_was_sent_only_what_changed_follows_with_its_place() -> None:
    socket = SentRows(SharedPatches())
    before = rows(*range(20))
    assert sent(socket, before) == before
    (news,) = rows(12, said="new")
    after = [news, *before[:12], *before[13:19]]
    assert sent(socket, after) == {PATCH: {"gone": ["19"], "put": [(0, news)]}}
    assert sent(socket, list(after)) == {PATCH: {"gone": [], "put": []}}


def test_a_row_that_only_moved_is_sent_by_its_id() -> None:
    before = rows(*range(9))
    assert patch(before, [before[8], *before[:8]]) == {"gone": [], "put": [(0, "8")]}


def test_what_is_mostly_new_few_or_no_rows_at_all_is_sent_whole() -> None:
    socket = SentRows(SharedPatches())
    many = rows(*range(10))
    several: list[Any] = [many, rows(*range(20, 30)), rows(1), [], many, [1] * 9, many]
    for after in several:
        assert sent(socket, after) == after
    nameless = [{"name": "x"} for _ in range(9)]
    assert sent(socket, nameless) == nameless


def test_another_socket_is_told_all_of_it() -> None:
    many = rows(*range(10))
    for socket in (SentRows(SharedPatches()), SentRows(SharedPatches())):
        assert sent(socket, many) == many


def test_sockets_that_share_lists_are_each_told_from_what_they_had() -> None:
    shared = SharedPatches()
    first, second, third = SentRows(shared), SentRows(shared), SentRows(shared)
    early, late = rows(*range(10)), rows(*range(1, 11))
    for socket, had in ((first, early), (second, list(early)), (third, late)):
        sent(socket, had)
    for newest in (after := [*rows(99), *early], [*rows(100), *after]):
        (patch_of_first, patch_of_second, patch_of_third) = (
            sent(socket, newest) for socket in (first, second, third)
        )
        assert patch_of_first == patch_of_second == {PATCH: {"gone": [], "put": [(0, newest[0])]}}
        assert (patch_of_third == patch_of_first) is (newest is not after)


def test_a_list_that_was_changed_in_place_is_told_as_it_is_now() -> None:
    shared = SharedPatches()
    first, second = SentRows(shared), SentRows(shared)
    before, after = rows(*range(10)), rows(*range(11))
    for socket in (first, second):
        sent(socket, before)
    sent(first, after)
    after.append(*rows(11))
    assert sent(second, after) == {PATCH: {"gone": [], "put": [(10, after[10]), (11, after[11])]}}


def test_the_browser_has_the_same_rows_after_any_change() -> None:
    random = Random(7)  # noqa: S311 - the same cases each time
    cases: list[tuple[Any, Any, Any]] = []
    for _ in range(150):
        before = rows(*sorted(random.sample(range(30), random.randint(8, 25))))
        kept = random.sample(before, random.randint(0, len(before)))
        after = [row if random.random() < 0.8 else {**row, "said": "other"} for row in kept]
        if random.random() < 0.5:
            after.sort(key=lambda row: int(row["id"]))
        after += rows(*range(30, 30 + random.randint(0, 3)))
        change = patch(before, after)
        if change is not None:
            cases.append((before, change, after))
    assert len(cases) > 50
    whole = in_node(
        SCRIPT,
        "a[0].map(([rows, $patch]) => module.withPatches({ rows }, { rows: { $patch } })[0].rows)",
        [(before, change) for before, change, _ in cases],
    )
    assert whole == [after for *_, after in cases]


def test_rows_that_stay_are_the_same_objects_and_the_rest_of_a_change_is_left_as_it_is() -> None:
    before = rows(*range(10))
    change = patch(before, [before[9], *before[:9]])
    same, rest = in_node(
        SCRIPT,
        "(() => { const [state, rest] = module.withPatches({ rows: a[0] }, a[1]);"
        " return [state.rows.every(row => a[0].includes(row)), rest]; })()",
        before,
        {"rows": {PATCH: change}, "other": {"n": 1}},
    )
    assert (same, rest) == (True, {"other": {"n": 1}})
