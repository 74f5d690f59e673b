"""What the page of the audit trail shows: plain values, ready to travel to a browser."""

from typing import TypedDict


class AuditRow(TypedDict):
    """``said`` is the whole sentence, in the reader's language; ``at`` epoch milliseconds."""

    id: str
    at: int
    said: str
