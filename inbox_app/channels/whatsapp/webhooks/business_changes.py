"""What Meta tells of a business account by itself: bans, restrictions, alerts, reviews."""

from collections.abc import Mapping

from inbox_app.channels.whatsapp.json_values import Json, ident, items, mapping, whole, words
from inbox_app.channels.whatsapp.webhooks.change import (
    NO_UPDATE,
    AccountUpdate,
    Notice,
    Reader,
    Severity,
    given,
)


def _account(value: Json) -> AccountUpdate:
    event = ident(value.get("event")) or ""
    if event == "DISABLED_UPDATE":
        return _ban(mapping(value.get("ban_info")))
    if event in _GONE:
        reason = ident(mapping(value.get("disconnection_info")).get("reason"))
        return AccountUpdate(
            refused=f"{event}: {reason}" if reason else event,
            notice=Notice(event, Severity.CRITICAL, given({"reason": reason})),
        )
    if event == "ACCOUNT_RESTRICTION":
        return AccountUpdate(notice=Notice(event, Severity.CRITICAL, _restrictions(value)))
    if event == "ACCOUNT_VIOLATION":
        told = mapping(value.get("violation_info"))
        kind = {"violation": ident(told.get("violation_type"))}
        details = given(kind | {"remediation": words(told.get("remediation"))})
        return AccountUpdate(notice=Notice(event, Severity.WARNING, details))
    if event in _BACK:
        return AccountUpdate(over=frozenset(_GONE))
    return NO_UPDATE


_GONE = ("PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED")
_BACK = ("ACCOUNT_RECONNECTED", "PARTNER_ADDED", "PARTNER_APP_INSTALLED")


def _ban(told: Json) -> AccountUpdate:
    """Of the whole business account; the state stands in a list in older examples."""
    state = next((ident(one) for one in items(told.get("waba_ban_state"))), None)
    details = given({"date": words(told.get("waba_ban_date"))})
    if state == "REINSTATE":
        over = frozenset({"SCHEDULE_FOR_DISABLE", "DISABLE"})
        return AccountUpdate(now_is={"number_status": "CONNECTED"}, over=over)
    if state not in {"SCHEDULE_FOR_DISABLE", "DISABLE"}:
        return NO_UPDATE
    return AccountUpdate(
        now_is={"number_status": "BANNED"} if state == "DISABLE" else {},
        notice=Notice(state, Severity.CRITICAL, details),
        over=frozenset({"SCHEDULE_FOR_DISABLE"}) if state == "DISABLE" else frozenset(),
    )


def _restrictions(value: Json) -> Json:
    told = [mapping(one) for one in items(value.get("restriction_info"))]
    kinds = [kind for one in told if (kind := ident(one.get("restriction_type")))]
    until = [at for one in told if (at := whole(one.get("expiration")))]
    return {"restrictions": kinds[:10]} | ({"until": max(until)} if until else {})


def _alert(value: Json) -> AccountUpdate:
    told = mapping(value.get("alert_info")) or value
    kind = ident(told.get("alert_type"))
    if kind is None:
        return NO_UPDATE
    if ident(told.get("alert_status")) == "NONE":
        return AccountUpdate(over=frozenset({kind}))
    severity = _SEVERITIES.get(ident(told.get("alert_severity")) or "", Severity.INFORMATION)
    details = given({"description": words(told.get("alert_description"))})
    return AccountUpdate(notice=Notice(kind, severity, details))


_SEVERITIES = {
    "CRITICAL": Severity.CRITICAL,
    "WARNING": Severity.WARNING,
    "INFORMATIONAL": Severity.INFORMATION,
}


def _review(value: Json) -> AccountUpdate:
    decision = ident(value.get("decision"))
    rejected, pending = Notice("REVIEW_REJECTED", Severity.CRITICAL), frozenset({"REVIEW_REJECTED"})
    return AccountUpdate(notice=rejected) if decision == "REJECTED" else AccountUpdate(over=pending)


BUSINESS_FIELDS: Mapping[str, Reader] = {
    "account_update": _account,
    "account_alerts": _alert,
    "account_review_update": _review,
}
