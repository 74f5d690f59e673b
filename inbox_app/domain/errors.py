"""What a service may find instead of what it was asked for, wherever that service stands."""

from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.domain.sending import Decision


class NotFoundError(Exception):
    """There is no such thing in this account."""


class RacedError(Exception):
    """Somebody else wrote the same a moment ago: all is to be done again from the start."""


class BadPhoneError(Exception):
    """Nobody can be written to at this number."""

    def __init__(self, problem: PhoneProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class OthersNumberError(Exception):
    """The conversation with the number is linked to another actor."""

    def __init__(self, actor_id: int) -> None:
        super().__init__("the number is another actor's")
        self.actor_id = actor_id


class AlreadyLinkedError(Exception):
    """The conversation is linked to another actor by now."""

    def __init__(self, actor_id: int) -> None:
        super().__init__("somebody has linked it to another")
        self.actor_id = actor_id


class SendRefusedError(Exception):
    """Not now: ``decision`` says what can be done instead."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.reason)
        self.decision = decision
