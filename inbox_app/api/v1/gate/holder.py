"""Who is asking, as the endpoints see it."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from inbox_app.services.accounts.api_keys import KeyHolder


def _holder(request: Request) -> KeyHolder:
    return request.state.holder


def _idempotency_key(request: Request) -> str | None:
    return getattr(request.state, "idempotency_key", None)


Holder = Annotated[KeyHolder, Depends(_holder)]
"""Whose key came with the request: never taken from anywhere else."""

IdempotencyKey = Annotated[str | None, Depends(_idempotency_key)]
