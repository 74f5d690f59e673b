"""The installation's own mail: a link by which somebody chooses a password (X1)."""

from datetime import timedelta
from enum import StrEnum

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""Whoever asks for a link of their own gets no second one before: nobody's box is flooded."""
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))


class MailKind(StrEnum):
    """Why a link is sent."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105 - a kind of mail
    """Somebody, or an admin for them, wants to choose another."""

    @property
    def link_lasts(self) -> timedelta:
        """An invitation may lie for a week; who has just asked comes at once."""
        return timedelta(days=7) if self is MailKind.INVITATION else timedelta(hours=2)


def pause_after(attempt: int) -> timedelta | None:
    """How long to wait after the attempt of this number (from 1) failed; None: it was the last."""
    return _PAUSES[attempt - 1] if attempt <= len(_PAUSES) else None
