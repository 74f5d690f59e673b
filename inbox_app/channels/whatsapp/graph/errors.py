"""Meta's errors, reduced to what we do about them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from inbox_app.channels.whatsapp.error_codes import REMEDIES, remedy_of
from inbox_app.channels.whatsapp.json_values import (
    Json,
    ident,
    is_mapping,
    items,
    load,
    mapping,
    whole,
    words,
)
from inbox_app.domain.delivery.failures import Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphErrorAnswer:
    """A refusal of Meta's; `title` and `details` are hers, without tokens."""

    remedy: Remedy
    http_status: int
    code: int | None = None
    subcode: int | None = None
    title: str | None = None
    details: str | None = None
    retry_after: float | None = None
    """Seconds that Meta asks us to wait."""
    trace_id: str | None = None

    @property
    def words(self) -> str:
        """All that Meta says, "" when it is nothing."""
        return ": ".join(filter(None, (self.title, self.details)))


def classify(
    http_status: int, body: Any | None, headers: Mapping[str, str] | None = None
) -> GraphErrorAnswer:
    """Judge an answer that is no success; `body` is its JSON, or none when it had none.

    The code decides, not the HTTP status: the same code comes with several. `headers` are looked
    up by lower-case name.
    """
    headers = headers or {}
    error = mapping(mapping(body).get("error"))
    code, subcode = whole(error.get("code")), whole(error.get("error_subcode"))
    data = _error_data(error.get("error_data"))
    return GraphErrorAnswer(
        remedy=_remedy(http_status, error, code, subcode),
        http_status=http_status,
        code=code,
        subcode=subcode,
        title=_said(error.get("error_user_title"), error.get("message")),
        details=_said(data.get("details"), error.get("error_user_msg")),
        retry_after=retry_after(headers),
        trace_id=ident(error.get("fbtrace_id")) or ident(headers.get("x-fb-request-id")),
    )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from `Retry-After` or the minutes in Meta's usage headers."""
    given = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(given):
        return float(given)
    minutes = _minutes_to_regain_access(headers.get("x-business-use-case-usage"))
    return minutes * 60 if minutes else None


def without_tokens(text: str) -> str:
    """Meta quotes a malformed token in the message that refuses it."""
    return _TOKEN.sub("…", text)


def _remedy(http_status: int, error: Json, code: int | None, subcode: int | None) -> Remedy:
    if code is not None:
        known = remedy_of(code, subcode)
        if known is not Remedy.INVALID or code in REMEDIES:
            return known
    if error.get("is_transient") is True or http_status in REPEATABLE or http_status >= 500:
        return Remedy.RETRY
    if http_status == 401 and error:
        return Remedy.RECONNECT
    return Remedy.INVALID


REPEATABLE: Iterable[int] = frozenset({408, 425, 429})


def _error_data(value: Any) -> Json:
    """An object, or (rarely) its JSON in a string."""
    if isinstance(value, str):
        try:
            value = load(value.encode("utf-8", "replace"))
        except ValueError:
            return {"details": value}
    return value if is_mapping(value) else {}


def _said(*texts: Any) -> str | None:
    text = next(filter(None, map(words, texts)), None)
    return text and without_tokens(text)


def _minutes_to_regain_access(header: str | None) -> int | None:
    """The longest wait of the usages listed under each account id."""
    try:
        usages = load((header or "").encode("utf-8", "replace"))
    except ValueError:
        return None
    waits = [
        whole(mapping(usage).get("estimated_time_to_regain_access")) or 0
        for listed in mapping(usages).values()
        for usage in items(listed)
    ]
    return max(waits, default=None)


_SECONDS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")
_TOKEN = re.compile(r"\bEAA[A-Za-z0-9_\-]{8,}|(?<=token )\S{20,}|(?<=\|)[0-9a-f]{32}")
