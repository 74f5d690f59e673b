"""Meta's errors, reduced to what we do about them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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


class Remedy(StrEnum):
    """What a refusal asks for; only the first two and PAIR_LIMITED are worth repeating unasked."""

    RETRY = "retry"
    """Meta is busy or limits us: again by ourselves, backing off."""
    PAIR_LIMITED = "pair_limited"
    """Too many to one person: again after 4^n seconds."""
    RETRY_LATER = "retry_later"
    """Hours, or something to be mended at Meta: a person tries again."""
    WINDOW_CLOSED = "window_closed"
    UNDELIVERABLE = "undeliverable"
    """Nobody can be reached at this number: it wants correcting."""
    NOT_LISTED = "not_listed"
    """A test number sends only to the numbers on its list, spelled as they are there."""
    FIX_TEMPLATE = "fix_template"
    OPTED_OUT = "opted_out"
    RECONNECT = "reconnect"
    """Meta refuses the credentials, or the permissions they carry."""
    NOT_FOUND = "not_found"
    """No such object, or none that these credentials may see: Meta does not say which."""
    INVALID = "invalid"
    """Our request was wrong, or cannot work: never again as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphErrorAnswer:
    """A refusal of Meta's; `title` and `details` are hers, without tokens."""

    outcome: Remedy
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
        outcome=_outcome(http_status, error, code, subcode),
        http_status=http_status,
        code=code,
        subcode=subcode,
        title=_said(error.get("error_user_title"), error.get("message")),
        details=_said(data.get("details"), error.get("error_user_msg")),
        retry_after=retry_after(headers),
        trace_id=ident(error.get("fbtrace_id")) or ident(headers.get("x-fb-request-id")),
    )


def remedy_of(code: int | None, subcode: int | None = None) -> Remedy:
    """What a code asks for, wherever it came: in an answer or in a `failed` status."""
    if code is None:
        return Remedy.INVALID
    if (special := BY_SUBCODE.get((code, subcode or 0))) is not None:
        return special
    if (known := BY_CODE.get(code)) is not None:
        return known
    family = (outcome for codes, outcome in FAMILIES if code in codes)
    return next(family, Remedy.INVALID)


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


BY_CODE: dict[int, Remedy] = {
    **dict.fromkeys((1, 2, 4, 17, 32, 613, 80007, 130429), Remedy.RETRY),
    **dict.fromkeys((131000, 131016, 131057, 133000, 133004, 133015), Remedy.RETRY),
    **dict.fromkeys((80008, 131059, 131207, 139102, 139103), Remedy.RETRY),
    131056: Remedy.PAIR_LIMITED,
    **dict.fromkeys((368, 131031, 131037, 131042, 131044, 131045), Remedy.RETRY_LATER),
    **dict.fromkeys((131048, 131049, 131064, 132015), Remedy.RETRY_LATER),
    **dict.fromkeys((132068, 132069, 133008, 133009, 133010, 133016), Remedy.RETRY_LATER),
    **dict.fromkeys((136024, 136025), Remedy.RETRY_LATER),
    131047: Remedy.WINDOW_CLOSED,
    **dict.fromkeys((131021, 131026), Remedy.UNDELIVERABLE),
    131030: Remedy.NOT_LISTED,
    131050: Remedy.OPTED_OUT,
    **dict.fromkeys((0, 3, 10, 102, 190, 131005), Remedy.RECONNECT),
    **dict.fromkeys((33, 100, 131008, 131009, 131051, 131062), Remedy.INVALID),
}
"""What whatsapp.md §11 knows by number; a code that is neither here nor in a family is INVALID."""

BY_SUBCODE: dict[tuple[int, int], Remedy] = {
    (100, 33): Remedy.NOT_FOUND,
    (100, 2593002): Remedy.NOT_FOUND,
    (10, 2388185): Remedy.FIX_TEMPLATE,
    **dict.fromkeys(
        ((100, 2388019), (100, 2388023), (100, 2388024), (100, 2388040), (100, 2388047)),
        Remedy.FIX_TEMPLATE,
    ),
    **dict.fromkeys(
        ((100, 2388072), (100, 2388073), (100, 2388293), (100, 2388299)), Remedy.FIX_TEMPLATE
    ),
}

FAMILIES: tuple[tuple[range, Remedy], ...] = (
    (range(200, 300), Remedy.RECONNECT),
    (range(132000, 133000), Remedy.FIX_TEMPLATE),
)


def _outcome(http_status: int, error: Json, code: int | None, subcode: int | None) -> Remedy:
    if code is not None:
        known = remedy_of(code, subcode)
        if known is not Remedy.INVALID or code in BY_CODE:
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
