"""Ids outside: opaque, and only what we gave is read."""

import pytest

from inbox_app.domain.ids import MessageName, read_message_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("7", MessageName(7)),
        ("w7", MessageName(7, waited=True)),
        (f"w{2**63 - 1}", MessageName(2**63 - 1, waited=True)),
        *((text, None) for text in ("", "w", "0", "w0", "W7", "ww7", "-7", "7w", "\u0667")),
        (f"w{2**63}", None),
    ],
)
def test_a_message_is_called_by_its_own_number_or_the_one_it_waited_under(
    text: str, name: MessageName | None
) -> None:
    assert read_message_name(text) == name
    assert name is None or str(name) == text
