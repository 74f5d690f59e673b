"""Labels and saved views: what may be a name of one (P9)."""

from enum import StrEnum

from inbox_app.domain.messages import clean_line

LONGEST_NAME = 40
MOST = 100
"""An account's labels; a person's views."""


class LabelColour(StrEnum):
    GREY = "grey"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    VIOLET = "violet"


class NameProblem(StrEnum):
    """Why nothing can be called that."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    TAKEN = "taken"
    TOO_MANY = "too_many"


class NameRefusedError(Exception):
    """``problem`` says why."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def checked_name(given: str) -> str:
    """As it is kept. Raises ``NameRefusedError``."""
    name = clean_line(given)
    if not name:
        raise NameRefusedError(NameProblem.NO_NAME)
    if len(name) > LONGEST_NAME:
        raise NameRefusedError(NameProblem.TOO_LONG)
    return name
