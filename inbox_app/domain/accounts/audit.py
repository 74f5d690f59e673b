"""What the audit trail tells of, by kind (X1)."""

from enum import StrEnum


class AuditKind(StrEnum):
    """What somebody who looks for something chooses from."""

    ACCESS = "access"
    """Who may come in, and how."""
    CONNECTION = "connection"
    PEOPLE = "people"
    """Guests, owners, suppliers and their data."""
    TEMPLATES = "templates"
    DATA = "data"
    """What came in as a table, how long it is kept, to whom it falls."""


SUBJECTS: dict[AuditKind, tuple[str, ...]] = {
    AuditKind.ACCESS: ("user", "account"),
    AuditKind.CONNECTION: ("connection",),
    AuditKind.PEOPLE: ("actor", "conversation", "person", "reservation"),
    AuditKind.TEMPLATES: ("template",),
    AuditKind.DATA: ("import", "retention", "assignment", "away"),
}
"""With which words an entry's ``what`` begins, before its dot."""
