"""What people write of an actor, as it is kept."""

from dataclasses import dataclass

from inbox_app.domain.accounts.accounts import clean_email, is_email
from inbox_app.domain.messages import clean_line
from inbox_app.domain.people.actors import ActorProblem, ActorRefusedError
from inbox_app.domain.texts import is_blank

LONGEST_NAME, LONGEST_NOTES = 200, 4_000


@dataclass(frozen=True, slots=True)
class ActorValues:
    """None is what nobody has told."""

    name: str
    email: str | None
    language: str | None
    notes: str | None


def read_values(*, name: str, email: str, language: str, notes: str) -> ActorValues:
    """Of what was typed. Raises ``ActorRefusedError``."""
    named, mail = clean_line(name, LONGEST_NAME), clean_email(email)
    if is_blank(named):
        raise ActorRefusedError(ActorProblem.NO_NAME)
    if mail and not is_email(mail):
        raise ActorRefusedError(ActorProblem.BAD_EMAIL)
    return ActorValues(named, mail or None, language or None, notes.strip()[:LONGEST_NOTES] or None)
