"""Errors as `application/problem+json` (RFC 9457)."""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as WaitedTooLongError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from inbox_app.api.body import RETRY_AFTER_SECONDS
from inbox_app.domain.errors import RacedError
from inbox_app.domain.sending import Control

TYPES = "/api/v1/docs#"
MEDIA_TYPE = "application/problem+json"
KEY_REUSED = ("idempotency-key-reused", "This Idempotency-Key came with another request before.")
DATABASE_AWAY = (OperationalError, InterfaceError, WaitedTooLongError)
"""The database cannot be reached or written now, or others write for too long."""
_log = logging.getLogger(__name__)


class ProblemOut(BaseModel):
    """RFC 9457; a refused send also has `control`, as a conversation has, and `reason`."""

    type: str
    title: str
    status: int
    detail: str
    control: Control | None = None


class Problem(HTTPException):
    """An answer that says what is wrong; `more` are members of its JSON."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(status, detail, headers)
        self.kind, self.more = kind, more


def response(
    status: int,
    kind: str,
    detail: str,
    headers: dict[str, str] | None = None,
    more: dict[str, Any] | None = None,
) -> JSONResponse:
    """`kind` is a word that programs can rely on: the end of the problem's `type`."""
    body = {
        "type": f"{TYPES}{kind}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return JSONResponse(body | (more or {}), status, headers, MEDIA_TYPE)


def not_found() -> Problem:
    """For what is not there, and for what is another account's."""
    return Problem(404, "not-found", "There is no such thing in this account.")


def unavailable() -> JSONResponse:
    """Call it where the error is caught: it is logged."""
    _log.warning("the database did not answer", exc_info=True)
    later = {"retry-after": str(RETRY_AFTER_SECONDS)}
    return response(503, "unavailable", "The database does not answer.", later)


def install(api: FastAPI) -> None:
    """Have all that goes wrong inside `api` answered as a problem."""
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(RequestValidationError, _invalid)
    for away in DATABASE_AWAY:
        api.add_exception_handler(away, _database_away)
    api.add_exception_handler(RacedError, _raced)
    api.add_exception_handler(Exception, _crashed)


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - tells the type checker
    headers = dict(error.headers or {})
    if isinstance(error, Problem):
        return response(error.status_code, error.kind, error.detail, headers, error.more)
    kind = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return response(error.status_code, kind, f"{error.detail}.".replace("..", "."), headers)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Says where and why, never what was given: that may be a person's."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - tells the type checker
    errors = [
        {"where": ".".join(str(part) for part in found["loc"]), "why": _in_our_words(found["msg"])}
        for found in error.errors()
    ]
    first = errors[0] if errors else {"where": "body", "why": "cannot be read"}
    detail = f"{first['where']}: {first['why']}."
    return response(422, "invalid", detail, more={"errors": errors})


def _in_our_words(why: str) -> str:
    """Pydantic names members of an enum as Python does, and what kind of error it is."""
    return _MEMBER.sub(r"\1", why).removeprefix("Value error, ")


_MEMBER = re.compile(r"<[\w.]+: ('[^']*')>")


async def _database_away(_request: Request, _error: Exception) -> JSONResponse:
    return unavailable()


async def _raced(_request: Request, _error: Exception) -> JSONResponse:
    """Others were quicker again and again."""
    _log.warning("others were writing the same all the time", exc_info=True)
    later = {"retry-after": "1"}
    return response(503, "busy", "Others are writing the same: try again.", later)


async def _crashed(_request: Request, _error: Exception) -> JSONResponse:
    return response(500, "internal", "This should not have happened; the log says more.")
