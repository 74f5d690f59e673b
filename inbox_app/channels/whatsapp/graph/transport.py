"""One request to the Graph API: its answer, or which of three ways it went wrong."""

import functools
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer, classify, without_tokens
from inbox_app.channels.whatsapp.json_values import Json, is_mapping, load, mapping

logger = logging.getLogger(__name__)


class GraphError(Exception):
    """The Graph API did not do what was asked. No message of these carries a token."""


class RequestNotSentError(GraphError):
    """The request never left: repeating it is safe."""


class OutcomeUnknownError(GraphError):
    """The request left and no readable answer came: what it asked for may have happened."""


class GraphRefusedError(GraphError):
    """Meta said no."""

    def __init__(self, answer: GraphErrorAnswer) -> None:
        super().__init__(f"{answer.remedy} (HTTP {answer.http_status}, code {answer.code})")
        self.answer = answer


@dataclass(frozen=True, slots=True)
class Answer:
    """A success: its JSON, and what Meta says of versions and usage beside it."""

    data: Json
    version: str | None
    """The version that answered, which need not be the one we asked."""
    usage: str | None
    """Meta's JSON on how much of our limits we have used, in percent."""


@dataclass(frozen=True, slots=True)
class Transport:
    """`http` is shared and closed by its owner; `token` goes nowhere but the header."""

    http: httpx.AsyncClient
    base_url: str
    version: str
    token: str | None = field(default=None, repr=False)

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Raises one of the three GraphErrors, for a GET as for a POST."""
        return await self._ask(method, path, params=query, json=json)

    async def upload(
        self, path: str, body: AsyncIterator[bytes], headers: Mapping[str, str]
    ) -> Answer:
        """Post a body as it comes. Raises what ``call`` does, and what ``body`` raises."""
        return await self._ask("POST", path, content=body, headers=headers, timeout=_UPLOAD_TIMEOUT)

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **what: Any
    ) -> Answer:
        failure: GraphError
        try:
            response = await self.http.request(
                method, self._url(path), headers={**self._headers(), **(headers or {})}, **what
            )
        except NEVER_LEFT as error:
            failure = RequestNotSentError(type(error).__name__)
        except httpx.HTTPError as error:
            failure = OutcomeUnknownError(type(error).__name__)
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            failure = RequestNotSentError(type(error).__name__)
        else:
            return _judge(response)
        raise failure  # outside of `except`: httpx's own words may quote the header's token

    def _url(self, path: str) -> str:
        return f"{self.base_url.rstrip('/')}/{self.version}/{path}"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}


_UPLOAD_TIMEOUT = httpx.Timeout(120.0, connect=5.0, pool=10.0)
"""Meta looks through a large file before she answers."""

NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


def _judge(response: httpx.Response) -> Answer:
    data = _json(response)
    if response.is_success and data is not None and "error" not in data:
        return _answer(response, data)
    if data is not None and is_mapping(data.get("error")):
        raise GraphRefusedError(classify(response.status_code, data, response.headers))
    if response.is_success or response.status_code in ANSWERED_BY_A_GATEWAY:
        raise OutcomeUnknownError(f"HTTP {response.status_code} without Graph JSON")
    raise GraphRefusedError(classify(response.status_code, None, response.headers))


ANSWERED_BY_A_GATEWAY = frozenset({500, 502, 504})
"""Without Meta's own JSON these come from something in between, which may have passed the request
on. 503 says that it was not, and 429 that it would not be."""


def _answer(response: httpx.Response, data: Json) -> Answer:
    headers = response.headers
    if warning := headers.get("x-ad-api-version-warning"):
        _warn_once(without_tokens(warning))
    return Answer(
        data=data,
        version=headers.get("facebook-api-version"),
        usage=headers.get("x-business-use-case-usage") or headers.get("x-app-usage"),
    )


@functools.lru_cache(maxsize=16)
def _warn_once(warning: str) -> None:
    """Meta moves a retired version up without failing; somebody should change the setting."""
    logger.warning("Graph API: %s", warning)


def _json(response: httpx.Response) -> Json | None:
    try:
        data = load(response.content)
    except ValueError:
        return None
    return mapping(data) if is_mapping(data) else None


class _WithoutQueries(logging.Filter):
    """httpx logs whole addresses, and Meta wants tokens and the app's secret in some queries."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(arg) for arg in record.args)
        return True


def _without_query(arg: object) -> object:
    return arg.copy_with(query=None) if isinstance(arg, httpx.URL) else arg


logging.getLogger("httpx").addFilter(_WithoutQueries())
