"""What Meta tells of a number by itself: its quality, its name, its limits, its two-step code."""

from collections.abc import Mapping
from typing import Any

from inbox_app.channels.whatsapp.json_values import NOTHING, Json, ident, mapping, whole, words
from inbox_app.channels.whatsapp.webhooks.change import (
    NO_UPDATE,
    AccountUpdate,
    Notice,
    Reader,
    Severity,
    given,
)
from inbox_app.channels.whatsapp.webhooks.fields import STANDBY


def tier(value: Any) -> str | None:
    """Meta's TIER_250 … TIER_UNLIMITED, which comes as a number too."""
    amount = whole(value)
    if amount is None:
        told = ident(value)
        return told if told and told.startswith("TIER_") and told != "TIER_NOT_SET" else None
    if amount < 0:
        return "TIER_UNLIMITED"
    return f"TIER_{amount // 1000}K" if amount >= 1000 else f"TIER_{amount}"


def _quality(value: Json) -> AccountUpdate:
    event = ident(value.get("event")) or ""
    limit = tier(value.get("max_daily_conversations_per_business") or value.get("current_limit"))
    now_is = {"messaging_limit": limit} if limit else {}
    if event in _NUMBER_IS:
        now_is["number_status"] = _NUMBER_IS[event]
    severity = {"FLAGGED": Severity.WARNING, "DOWNGRADE": Severity.WARNING}.get(event)
    return AccountUpdate(
        number=_digits(value),
        now_is=now_is,
        notice=Notice(event, severity, {"limit": limit} if limit else NOTHING)
        if severity
        else None,
        over=frozenset({"UNFLAGGED": {"FLAGGED"}, "UPGRADE": {"DOWNGRADE"}}.get(event, ())),
    )


_NUMBER_IS = {"FLAGGED": "FLAGGED", "UNFLAGGED": "CONNECTED"}


def _name(value: Json) -> AccountUpdate:
    decision = ident(value.get("decision"))
    name = words(value.get("requested_verified_name"))
    if decision is None:
        return NO_UPDATE
    now_is = {"name_status": decision}
    if decision == "APPROVED" and name:
        now_is["verified_name"] = name
    why = {"name": name, "reason": ident(value.get("rejection_reason"))}
    rejected = decision == "REJECTED"
    return AccountUpdate(
        number=_digits(value),
        now_is=now_is,
        notice=Notice("NAME_REJECTED", Severity.WARNING, given(why)) if rejected else None,
        over=frozenset() if rejected else frozenset({"NAME_REJECTED"}),
    )


def _capability(value: Json) -> AccountUpdate:
    limit = tier(value.get("max_daily_conversations_per_business"))
    return AccountUpdate(now_is={"messaging_limit": limit} if limit else {})


def _security(value: Json) -> AccountUpdate:
    event = ident(value.get("event")) or ""
    severity = _OF_THE_PIN.get(event)
    if severity is None:
        return NO_UPDATE
    return AccountUpdate(number=_digits(value), notice=Notice(event, severity))


_OF_THE_PIN = {
    "PIN_CHANGED": Severity.INFORMATION,
    "PIN_RESET_REQUEST": Severity.WARNING,
    "PIN_REQUEST_SUCCESS": Severity.INFORMATION,
}


def _standby(value: Json) -> AccountUpdate:
    """An agent of Meta's answers in the company's place; what was noted of it before is renewed."""
    return AccountUpdate(
        number=_digits(mapping(value.get("metadata"))),
        notice=Notice(STANDBY_EVENT, Severity.WARNING),
        over=frozenset({STANDBY_EVENT}),
    )


STANDBY_EVENT = "STANDBY"

NUMBER_FIELDS: Mapping[str, Reader] = {
    "phone_number_quality_update": _quality,
    "phone_number_name_update": _name,
    "business_capability_update": _capability,
    "security": _security,
    STANDBY: _standby,
}


def _digits(value: Json) -> str | None:
    told = ident(value.get("display_phone_number")) or ""
    return "".join(filter(str.isdigit, told)) or None
