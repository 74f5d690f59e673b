"""Where an import stands, and what comes of a line (A3)."""

from enum import StrEnum


class ImportState(StrEnum):
    READING = "reading"
    """Its lines are being taken in; one that stays so was cut off."""
    MAPPING = "mapping"
    """Waits for somebody to say what the columns mean."""
    CHECKING = "checking"
    CHECKED = "checked"
    """What would happen is known; nothing has."""
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"


AT_WORK = (ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING)


class Outcome(StrEnum):
    """What a line would do, or has done."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    UNDONE = "undone"
    KEPT = "kept"
    """Changed since, so that undoing left it, or a part of it."""
