"""What becomes of errors in event handlers and in browsers: a line in the log, no toast.

Reflex's own handlers answer with a toast that needs `eval`, which the page's policy forbids.
"""

import logging

_logger = logging.getLogger(__name__)
_LONGEST = 300


def log_handler_failure(exception: Exception) -> None:
    """An event handler raised."""
    _logger.error("an event handler failed", exc_info=exception)


def log_browser_failure(exception: Exception) -> None:
    """A browser says that a page's script failed; anybody can say so, and anything."""
    told = str(exception).strip().splitlines() or [""]
    _logger.warning("a browser reports: %s", told[0][:_LONGEST].encode("unicode_escape").decode())
