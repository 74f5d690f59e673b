"""What a device keeps of a thread for when there is no network (N3)."""

import pytest

from tests.support.node import in_node


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"direction": "in", "kind": "text", "text": "Ciao"}, (False, "Ciao")),
        ({"direction": "out", "kind": "image", "text": "Ecco"}, (True, "Photo · Ecco")),
        (
            {"direction": "internal", "kind": "note", "text": "Non paga mai"},
            (True, "Internal note · Non paga mai"),
        ),
        (
            {"direction": "in", "kind": "text", "text": "", "deleted": True},
            (False, "A message was deleted"),
        ),
    ],
)
def test_a_note_of_a_colleague_is_not_what_the_guest_said(
    said: dict[str, object], kept: tuple[bool, str]
) -> None:
    found = in_node("notifications/seen.js", "module.asSaid(a[0])", said)
    assert (found["out"], found["text"]) == kept
