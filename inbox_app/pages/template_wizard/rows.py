"""What the wizard says of a draft, line by line."""

from typing import TypedDict


class HintRow(TypedDict):
    """A piece of advice; ``words`` are what gave rise to it."""

    kind: str
    words: str


class ProblemRow(TypedDict):
    """Something that keeps a draft from Meta."""

    field: str
    problem: str
