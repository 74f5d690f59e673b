"""What becomes of two actors who are made one, told before it is done (A3)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """As much of an actor as a merge concerns; numbers, stays, homes and labels as people read
    them."""

    name: str
    numbers: Sequence[str]
    email: str
    notes: str
    stays: Sequence[str]
    homes: Sequence[str]
    labels: Sequence[str]
    conversations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What goes over to the one that stays."""

    numbers: Sequence[str]
    stays: Sequence[str]
    homes: Sequence[str]
    labels: Sequence[str]
    conversations: int
    notes: bool
    email: str
    """The one that counts afterwards; "" for none."""
    email_to_notes: str
    """The one that gives way; "" for none."""


def preview(kept: OnFile, gone: OnFile) -> Merge:
    """What both have stays where it is."""
    both = kept.email and gone.email and kept.email != gone.email
    return Merge(
        numbers=_new(gone.numbers, kept.numbers),
        stays=_new(gone.stays, kept.stays),
        homes=_new(gone.homes, kept.homes),
        labels=_new(gone.labels, kept.labels),
        conversations=gone.conversations,
        notes=bool(gone.notes) and gone.notes != kept.notes,
        email=kept.email or gone.email,
        email_to_notes=gone.email if both else "",
    )


def _new(theirs: Sequence[str], ours: Sequence[str]) -> list[str]:
    return [each for each in theirs if each not in ours]
