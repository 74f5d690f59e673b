"""How moments travel to a browser."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def millis(moment: datetime | None) -> int:
    """Epoch milliseconds; 0 for none."""
    return 0 if moment is None else (moment - _EPOCH) // _MILLISECOND
