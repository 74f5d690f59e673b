"""What the pages of people and of one's own devices show: plain values, ready to travel to a
browser. Moments are in epoch milliseconds, 0 for none."""

from typing import TypedDict


class PersonRow(TypedDict):
    """``role`` is admin or agent; ``state`` is active, invited or disabled."""

    id: str
    name: str
    email: str
    role: str
    state: str
    seen_at: int
    two_factor: bool


class FactorRow(TypedDict):
    """A person's own second factor; ``required`` by the company of everybody."""

    on: bool
    codes_left: int
    required: bool


NO_FACTOR = FactorRow(on=False, codes_left=0, required=False)


class DeviceRow(TypedDict):
    """Where somebody is signed in; ``here`` is the device that asks. Names are "" where the browser
    does not tell."""

    id: str
    browser: str
    system: str
    seen_at: int
    here: bool


class ColleagueRow(TypedDict):
    """Somebody whom a conversation can be assigned to; all "" for nobody."""

    id: str
    name: str
    """The e-mail of who has none."""
    initials: str


class KindRuleRow(TypedDict):
    """Whose are conversations with a kind of person (``PartnerKind``); "" for nobody's."""

    kind: str
    person: str


class HomeRuleRow(TypedDict):
    """Whose are those of who stays in an accommodation."""

    id: str
    name: str
    person: str


class AssignmentRows(TypedDict):
    """The rules of an account."""

    people: list[ColleagueRow]
    kinds: list[KindRuleRow]
    homes: list[HomeRuleRow]
    free_homes: list[HomeRuleRow]
    """Those without a rule."""
    turns: list[str]
    """The ids of those who take turns."""


class WouldGo(TypedDict):
    """How many there are, counted up to ``most``."""

    messages: int
    files: int
    most: int
