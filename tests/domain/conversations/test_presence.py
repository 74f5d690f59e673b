"""Who is at a conversation and what they do there, as long as somebody says so (X1)."""

from dataclasses import replace

import pytest

from inbox_app.domain.conversations.presence import (
    GRACE,
    LEASE,
    TYPING,
    Doing,
    Person,
    Place,
    Sign,
    Tab,
    doing,
    heard,
    people,
)

ADA, GROUP = Place(1, 7), Place(1, 8)
MARTA, ANNA = 4, 5


def sign(what: Doing, *, place: Place = ADA, user: int = MARTA, tab: str = "desk") -> Sign:
    names = {MARTA: "Marta", ANNA: "Anna"}
    return Sign(place, user, names[user], tab, what)


def said(*signs: tuple[float, Doing]) -> Tab | None:
    """What is known of one tab that said all this at Ada's."""
    known = None
    for at, what in signs:
        known = heard(known, sign(what), at)
    return known


LOOKS, TYPES, WRITES = Doing.LOOKING, Doing.TYPING, Doing.WRITING


@pytest.mark.parametrize(
    ("signs", "now", "expected"),
    [
        ([(0, LOOKS)], 0, Doing.LOOKING),
        ([(0, LOOKS)], LEASE - 0.1, Doing.LOOKING),
        ([(0, LOOKS)], LEASE, Doing.AWAY),
        ([(0, LOOKS), (20, LOOKS)], LEASE, Doing.LOOKING),
        ([(0, TYPES)], TYPING - 0.1, Doing.TYPING),
        ([(0, TYPES)], TYPING, Doing.WRITING),
        ([(0, TYPES), (4, TYPES)], TYPING, Doing.TYPING),
        ([(0, TYPES), (12, WRITES)], 12, Doing.WRITING),
        # What was begun and left lying stops nobody, though its author still looks.
        ([(0, TYPES), (12, WRITES), (24, WRITES)], LEASE, Doing.LOOKING),
        ([(0, TYPES), (2, LOOKS)], 2, Doing.LOOKING),
        # A tab that was reloaded tells of a text of which no key was heard.
        ([(0, WRITES)], 0, Doing.LOOKING),
    ],
)
def test_what_somebody_does_is_read_from_what_they_said_and_when(
    signs: list[tuple[float, Doing]], now: float, expected: Doing
) -> None:
    known = said(*signs)
    assert known is not None
    assert doing(known, now) is expected


def test_who_leaves_is_gone_at_once_and_who_was_cut_off_after_a_grace() -> None:
    there = said((0, LOOKS))
    assert there is not None
    assert heard(there, sign(Doing.AWAY), 1) is None

    cut_off = heard(there, sign(Doing.GONE), 1)
    assert cut_off is not None
    assert doing(cut_off, 1 + GRACE - 0.1) is Doing.LOOKING
    assert doing(cut_off, 1 + GRACE) is Doing.AWAY
    assert heard(None, sign(Doing.GONE), 1) is None


def test_who_was_cut_off_and_comes_back_never_was_away() -> None:
    back = said((0, TYPES), (1, Doing.GONE), (3, WRITES))
    assert back is not None
    assert doing(back, 1 + GRACE) is Doing.TYPING


def test_who_is_cut_off_stays_no_longer_than_what_they_said() -> None:
    cut_off = said((0, LOOKS), (LEASE - 1, Doing.GONE))
    assert cut_off is not None
    assert doing(cut_off, LEASE) is Doing.AWAY


def test_that_a_tab_left_one_conversation_is_nothing_to_the_next_it_shows() -> None:
    there = heard(said((0, TYPES)), sign(LOOKS, place=GROUP), 1)
    assert there is not None
    assert there.place == GROUP
    assert heard(there, sign(Doing.AWAY), 2) == there
    text_of_the_other = heard(said((0, TYPES)), sign(WRITES, place=GROUP), 1)
    assert text_of_the_other is not None
    assert doing(text_of_the_other, 1) is Doing.LOOKING


def test_each_person_is_there_once_by_the_busiest_of_their_tabs_and_who_writes_comes_first() -> (
    None
):
    tabs = [
        Tab(ADA, ANNA, "Anna", until=LEASE),
        Tab(ADA, MARTA, "Marta", until=LEASE),
        Tab(ADA, MARTA, "Marta", until=LEASE, typed_at=0),
    ]
    anna, marta = Person(ANNA, "Anna", LOOKS), Person(MARTA, "Marta", TYPES)
    assert people(tabs, 1) == people(reversed(tabs), 1) == [marta, anna]
    assert people(tabs, TYPING) == [marta._replace(doing=WRITES), anna]
    assert people([replace(tab, typed_at=None) for tab in tabs], 1) == [
        anna,
        marta._replace(doing=LOOKS),
    ]
    assert people(tabs, LEASE) == []
