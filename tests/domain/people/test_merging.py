"""What a merge moves, told before it is done (A3)."""

from typing import Any

import pytest

from inbox_app.domain.people.merging import OnFile, preview

NOBODY: dict[str, Any] = {
    "name": "Ada", "numbers": [], "email": "", "notes": "", "stays": [], "homes": [],
    "labels": [], "conversations": 0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "gone", "told"),
    [
        ({}, {}, {"numbers": [], "stays": [], "homes": [], "conversations": 0, "notes": False}),
        ({"numbers": ["1"]}, {"numbers": ["1", "2"]}, {"numbers": ["2"]}),
        ({"stays": ["R-1"]}, {"stays": ["R-1", "R-2"]}, {"stays": ["R-2"]}),
        ({"homes": ["Blu"]}, {"homes": ["Verde"]}, {"homes": ["Verde"]}),
        ({"labels": ["VIP"]}, {"labels": ["VIP", "Amici"]}, {"labels": ["Amici"]}),
        ({"conversations": 3}, {"conversations": 2}, {"conversations": 2}),
        ({"notes": "x"}, {"notes": "x"}, {"notes": False}),
        ({"notes": "x"}, {"notes": "y"}, {"notes": True}),
        ({"email": "a@x.it"}, {"email": ""}, {"email": "a@x.it", "email_to_notes": ""}),
        ({"email": ""}, {"email": "b@x.it"}, {"email": "b@x.it", "email_to_notes": ""}),
        ({"email": "a@x.it"}, {"email": "b@x.it"}, {"email": "a@x.it", "email_to_notes": "b@x.it"}),
        ({"email": "a@x.it"}, {"email": "a@x.it"}, {"email": "a@x.it", "email_to_notes": ""}),
    ],
)
def test_what_goes_over(kept: dict[str, Any], gone: dict[str, Any], told: dict[str, Any]) -> None:
    found = preview(OnFile(**(NOBODY | kept)), OnFile(**(NOBODY | gone)))
    assert {name: getattr(found, name) for name in told} == told
