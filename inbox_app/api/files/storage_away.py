"""What is answered while the place of files cannot be read or written."""

import logging

from starlette.responses import JSONResponse

RETRY_AFTER_SECONDS = 10
NOT_KEPT = "not_kept"
_log = logging.getLogger(__name__)


def storage_away(error: OSError) -> JSONResponse:
    """Later it may be well: 503, and for our pages a problem that is worth another try."""
    warn(error)
    later = {"retry-after": str(RETRY_AFTER_SECONDS), "cache-control": "no-store"}
    return JSONResponse({"problem": NOT_KEPT, "again": True}, 503, later)


def warn(error: OSError) -> None:
    """For an operator; ``bin/inbox doctor`` says how to mend it."""
    _log.warning("files cannot be kept or read: %s", error.strerror or type(error).__name__)
