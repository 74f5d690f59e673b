"""`/openapi.json`: what FastAPI tells of the endpoints, and what the gate adds to each of them."""

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from starlette.routing import compile_path

from inbox_app.api.v1.gate.problems import MEDIA_TYPE, ProblemOut

_REFERENCE = "#/components/schemas/{model}"
_OF_ALL = (400, 401, 404, 422, 429, 503)
_OF_WRITES = (408, 409, 413)
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and request get the same answer, and are done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
}


def install(api: FastAPI) -> None:
    """Have `api` describe itself with all that it answers."""
    by_fastapi = api.openapi

    def described() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = _complete(by_fastapi())
        return api.openapi_schema

    api.openapi = described


def one_of(*shapes: Mapping[str, Any]) -> dict[str, Any]:
    """A body that has exactly the members of one of these, each with its schema; what only others
    have is null or left out, and so may be a member with a question mark."""
    every = {name.rstrip("?") for shape in shapes for name in shape}
    return {"oneOf": [_shape(shape, every) for shape in shapes]}


def _shape(shape: Mapping[str, Any], every: Collection[str]) -> dict[str, Any]:
    null = {"type": "null"}
    optional = {f"{name}?" for name in every} & shape.keys()
    properties = {name: shape.get(name, null) for name in sorted(every)}
    properties |= {name[:-1]: {"anyOf": [shape[name], null]} for name in sorted(optional)}
    return {"required": [name for name in shape if name not in optional], "properties": properties}


def _complete(description: dict[str, Any]) -> dict[str, Any]:
    components = description.setdefault("components", {})
    components.setdefault("schemas", {}).update(_problem_schemas())
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    description["security"] = [{"key": []}]
    for methods in description["paths"].values():
        for method, call in methods.items():
            _complete_call(method, call)
    return description


def _complete_call(method: str, call: dict[str, Any]) -> None:
    is_write = method != "get"
    for status in (*_OF_ALL, *(_OF_WRITES if is_write else ())):
        call["responses"][str(status)] = problem(status)
    call["responses"] = dict(sorted(call["responses"].items()))
    if is_write:
        call.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)


def problem(status: int) -> dict[str, Any]:
    """How a refusal is described."""
    schema = {"$ref": _REFERENCE.format(model=ProblemOut.__name__)}
    headers: dict[str, Any] = {}
    if status in {429, 503}:
        headers["Retry-After"] = {"description": "Seconds.", "schema": {"type": "integer"}}
    if status == 401:
        headers["WWW-Authenticate"] = {"schema": {"type": "string"}}
    return {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": schema}},
    } | ({"headers": headers} if headers else {})


def _problem_schemas() -> dict[str, Any]:
    schema = ProblemOut.model_json_schema(ref_template=_REFERENCE)
    return {**schema.pop("$defs", {}), ProblemOut.__name__: schema}


class Calls:
    """Which calls there are, by what `api` says of itself; it is asked when the first one comes."""

    def __init__(self, api: FastAPI) -> None:
        self._api = api

    def at(self, path: str) -> tuple[str, ...]:
        """The methods that a path has; none where it leads nowhere."""
        found = (methods for pattern, methods in self._methods if pattern.match(path))
        return next(found, ())

    @cached_property
    def _methods(self) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
        described = self._api.openapi()["paths"].items()
        compiled = [(compile_path(path), calls) for path, calls in described]
        return [
            (pattern, tuple(sorted(method.upper() for method in calls)))
            # `/templates/refresh` comes before `/templates/{id}`.
            for (pattern, _, _), calls in sorted(compiled, key=lambda each: len(each[0][2]))
        ]
