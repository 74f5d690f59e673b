"""What Meta tells of an account or a number by itself: what of it counts, and how much."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from inbox_app.whatsapp.events import AccountChange
from inbox_app.whatsapp.wire import NOTHING, Json, ident, items, mapping, whole, words


class Severity(StrEnum):
    """How much a notice should trouble an admin."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be shown until it is over or put away. ``event`` is Meta's word."""

    event: str
    severity: Severity
    details: Json = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNews:
    """What one change amounts to."""

    number: str | None = None
    """Only this number is meant, as digits; else all of the business account."""
    now_is: Mapping[str, str] = field(default_factory=dict[str, str])
    """The connection's columns that are something else now."""
    refused: str | None = None
    """The credentials hold no more; Meta's word for it."""
    notice: Notice | None = None
    over: frozenset[str] = frozenset()
    """Events whose earlier notices are not true any more."""


NO_NEWS = AccountNews()


def waba_of(change: AccountChange) -> str | None:
    """The business account that is meant: partners are told under an id of their own."""
    told = mapping(change.value.get("waba_info")).get("waba_id")
    return ident(told) or change.waba_id


def account_news(change: AccountChange) -> AccountNews:
    """Read a change of one of ``ACCOUNT_FIELDS``; what we make nothing of is no news."""
    return ACCOUNT_FIELDS[change.field](change.value)


def tier(value: Any) -> str | None:
    """Meta's TIER_250 … TIER_UNLIMITED, which comes as a number too."""
    amount = whole(value)
    if amount is None:
        told = ident(value)
        return told if told and told.startswith("TIER_") and told != "TIER_NOT_SET" else None
    if amount < 0:
        return "TIER_UNLIMITED"
    return f"TIER_{amount // 1000}K" if amount >= 1000 else f"TIER_{amount}"


def _quality(value: Json) -> AccountNews:
    event = ident(value.get("event")) or ""
    limit = tier(value.get("max_daily_conversations_per_business") or value.get("current_limit"))
    now_is = {"messaging_limit": limit} if limit else {}
    if event in _NUMBER_IS:
        now_is["number_status"] = _NUMBER_IS[event]
    severity = {"FLAGGED": Severity.WARNING, "DOWNGRADE": Severity.WARNING}.get(event)
    return AccountNews(
        number=_digits(value),
        now_is=now_is,
        notice=Notice(event, severity, {"limit": limit} if limit else NOTHING)
        if severity
        else None,
        over=frozenset({"UNFLAGGED": {"FLAGGED"}, "UPGRADE": {"DOWNGRADE"}}.get(event, ())),
    )


_NUMBER_IS = {"FLAGGED": "FLAGGED", "UNFLAGGED": "CONNECTED"}


def _name(value: Json) -> AccountNews:
    decision = ident(value.get("decision"))
    name = words(value.get("requested_verified_name"))
    if decision is None:
        return NO_NEWS
    now_is = {"name_status": decision}
    if decision == "APPROVED" and name:
        now_is["verified_name"] = name
    why = {"name": name, "reason": ident(value.get("rejection_reason"))}
    rejected = decision == "REJECTED"
    return AccountNews(
        number=_digits(value),
        now_is=now_is,
        notice=Notice("NAME_REJECTED", Severity.WARNING, _given(why)) if rejected else None,
        over=frozenset() if rejected else frozenset({"NAME_REJECTED"}),
    )


def _account(value: Json) -> AccountNews:
    event = ident(value.get("event")) or ""
    if event == "DISABLED_UPDATE":
        return _ban(mapping(value.get("ban_info")))
    if event in _GONE:
        reason = ident(mapping(value.get("disconnection_info")).get("reason"))
        return AccountNews(
            refused=f"{event}: {reason}" if reason else event,
            notice=Notice(event, Severity.CRITICAL, _given({"reason": reason})),
        )
    if event == "ACCOUNT_RESTRICTION":
        return AccountNews(notice=Notice(event, Severity.CRITICAL, _restrictions(value)))
    if event == "ACCOUNT_VIOLATION":
        told = mapping(value.get("violation_info"))
        kind = {"violation": ident(told.get("violation_type"))}
        details = _given(kind | {"remediation": words(told.get("remediation"))})
        return AccountNews(notice=Notice(event, Severity.WARNING, details))
    if event in _BACK:
        return AccountNews(over=frozenset(_GONE))
    return NO_NEWS


_GONE = ("PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED")
_BACK = ("ACCOUNT_RECONNECTED", "PARTNER_ADDED", "PARTNER_APP_INSTALLED")


def _ban(told: Json) -> AccountNews:
    """Of the whole business account; the state stands in a list in older examples."""
    state = next((ident(one) for one in items(told.get("waba_ban_state"))), None)
    details = _given({"date": words(told.get("waba_ban_date"))})
    if state == "REINSTATE":
        over = frozenset({"SCHEDULE_FOR_DISABLE", "DISABLE"})
        return AccountNews(now_is={"number_status": "CONNECTED"}, over=over)
    if state not in {"SCHEDULE_FOR_DISABLE", "DISABLE"}:
        return NO_NEWS
    return AccountNews(
        now_is={"number_status": "BANNED"} if state == "DISABLE" else {},
        notice=Notice(state, Severity.CRITICAL, details),
        over=frozenset({"SCHEDULE_FOR_DISABLE"}) if state == "DISABLE" else frozenset(),
    )


def _restrictions(value: Json) -> Json:
    told = [mapping(one) for one in items(value.get("restriction_info"))]
    kinds = [kind for one in told if (kind := ident(one.get("restriction_type")))]
    until = [at for one in told if (at := whole(one.get("expiration")))]
    return {"restrictions": kinds[:10]} | ({"until": max(until)} if until else {})


def _alert(value: Json) -> AccountNews:
    told = mapping(value.get("alert_info")) or value
    kind = ident(told.get("alert_type"))
    if kind is None:
        return NO_NEWS
    if ident(told.get("alert_status")) == "NONE":
        return AccountNews(over=frozenset({kind}))
    severity = _SEVERITIES.get(ident(told.get("alert_severity")) or "", Severity.INFORMATION)
    details = _given({"description": words(told.get("alert_description"))})
    return AccountNews(notice=Notice(kind, severity, details))


_SEVERITIES = {
    "CRITICAL": Severity.CRITICAL,
    "WARNING": Severity.WARNING,
    "INFORMATIONAL": Severity.INFORMATION,
}


def _review(value: Json) -> AccountNews:
    decision = ident(value.get("decision"))
    rejected, pending = Notice("REVIEW_REJECTED", Severity.CRITICAL), frozenset({"REVIEW_REJECTED"})
    return AccountNews(notice=rejected) if decision == "REJECTED" else AccountNews(over=pending)


def _capability(value: Json) -> AccountNews:
    limit = tier(value.get("max_daily_conversations_per_business"))
    return AccountNews(now_is={"messaging_limit": limit} if limit else {})


def _security(value: Json) -> AccountNews:
    event = ident(value.get("event")) or ""
    severity = _OF_THE_PIN.get(event)
    if severity is None:
        return NO_NEWS
    return AccountNews(number=_digits(value), notice=Notice(event, severity))


_OF_THE_PIN = {
    "PIN_CHANGED": Severity.INFORMATION,
    "PIN_RESET_REQUEST": Severity.WARNING,
    "PIN_REQUEST_SUCCESS": Severity.INFORMATION,
}

ACCOUNT_FIELDS: Mapping[str, Callable[[Json], AccountNews]] = {
    "phone_number_quality_update": _quality,
    "phone_number_name_update": _name,
    "account_update": _account,
    "account_alerts": _alert,
    "account_review_update": _review,
    "business_capability_update": _capability,
    "security": _security,
}
"""The webhook fields of accounts and numbers, by what reads them."""


def _digits(value: Json) -> str | None:
    told = ident(value.get("display_phone_number")) or ""
    return "".join(filter(str.isdigit, told)) or None


def _given(details: Mapping[str, Any]) -> Json:
    return {name: value for name, value in details.items() if value}
