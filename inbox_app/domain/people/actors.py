"""Whoever a property manager talks with."""

from enum import StrEnum


class ActorKind(StrEnum):
    GUEST = "guest"
    OWNER = "owner"
    SUPPLIER = "supplier"


class ActorProblem(StrEnum):
    """Why somebody is not put on file as was asked."""

    NO_NAME = "no_name"
    BAD_EMAIL = "bad_email"
    NO_STAY = "no_stay"
    """The reservation is gone meanwhile."""
    NO_HOME = "no_home"
    """The accommodation is gone meanwhile."""


class ActorRefusedError(Exception):
    """Not so: ``problem`` says what to change."""

    def __init__(self, problem: ActorProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class MergeProblem(StrEnum):
    """Why two actors are not made one, or a merge is not undone."""

    SAME = "same"
    GONE = "gone"
    """One of them is archived, merged, or there no more."""
    NOT_LATEST = "not_latest"
    """Another merge came on top of it: that one is to be undone first."""


class MergeRefusedError(Exception):
    """Not so: ``problem`` says why."""

    def __init__(self, problem: MergeProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class BlockProblem(StrEnum):
    """Why somebody is not blocked, or not taken back."""

    NOT_CONNECTED = "not_connected"
    CREDENTIALS = "credentials"
    """Meta refuses them."""
    NOT_RECENT = "not_recent"
    LIST_FULL = "list_full"
    UNREACHABLE = "unreachable"
    """Meta is busy or does not answer: again in a moment."""
    REFUSED = "refused"
