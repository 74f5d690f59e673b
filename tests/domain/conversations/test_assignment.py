"""Whose a conversation becomes by itself (X1)."""

import pytest

from inbox_app.domain.conversations.assignment import PartnerKind, Rules, in_turn, whose

ANNA, BRUNO, CARLA = 1, 2, 3
RULES = Rules({70: ANNA}, {PartnerKind.GUEST: BRUNO, PartnerKind.UNKNOWN: CARLA})


@pytest.mark.parametrize(
    ("kind", "home", "person"),
    [
        (PartnerKind.GUEST, 70, ANNA),
        (PartnerKind.GUEST, 71, BRUNO),
        (PartnerKind.GUEST, None, BRUNO),
        (PartnerKind.UNKNOWN, None, CARLA),
        (PartnerKind.OWNER, 70, ANNA),
        (PartnerKind.SUPPLIER, None, None),
    ],
)
def test_the_home_says_whose_it_is_before_the_kind_of_person(
    kind: PartnerKind, home: int | None, person: int | None
) -> None:
    assert whose(kind, home, RULES) == person


@pytest.mark.parametrize(
    ("named", "turns", "people"),
    [
        ([None, None, None], [ANNA, BRUNO], [ANNA, BRUNO, ANNA]),
        ([None, CARLA, None], [ANNA, BRUNO], [ANNA, CARLA, BRUNO]),
        ([None, CARLA], [], [None, CARLA]),
        ([], [ANNA], []),
    ],
)
def test_what_no_rule_names_anybody_for_goes_round(
    named: list[int | None], turns: list[int], people: list[int | None]
) -> None:
    assert in_turn(named, turns) == people
