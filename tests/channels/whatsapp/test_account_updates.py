"""What counts of what Meta tells of accounts and numbers."""

from typing import Any

import pytest

from inbox_app.channels.whatsapp.webhooks.account_changes import read_account_update, waba_of
from inbox_app.channels.whatsapp.webhooks.change import NO_UPDATE, AccountUpdate, Notice, Severity
from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.channels.whatsapp.webhooks.number_changes import tier


def change(field: str, **value: Any) -> AccountChange:
    return AccountChange(field=field, waba_id="1", phone_number_id=None, at=None, value=value)


def told(field: str, **value: Any) -> AccountUpdate:
    return read_account_update(change(field, **value))


@pytest.mark.parametrize(
    ("field", "value", "now_is"),
    [
        ("phone_number_quality_update", {"event": "FLAGGED"}, {"number_status": "FLAGGED"}),
        ("phone_number_quality_update", {"event": "UNFLAGGED"}, {"number_status": "CONNECTED"}),
        (
            "phone_number_quality_update",
            {"event": "UPGRADE", "max_daily_conversations_per_business": "TIER_10K"},
            {"messaging_limit": "TIER_10K"},
        ),
        (
            "phone_number_quality_update",
            {"event": "DOWNGRADE", "current_limit": "TIER_250"},
            {"messaging_limit": "TIER_250"},
        ),
        (
            "phone_number_name_update",
            {"decision": "APPROVED", "requested_verified_name": "Case del Sole"},
            {"name_status": "APPROVED", "verified_name": "Case del Sole"},
        ),
        (
            "phone_number_name_update",
            {"decision": "REJECTED", "requested_verified_name": "Sun"},
            {"name_status": "REJECTED"},
        ),
        (
            "business_capability_update",
            {"max_daily_conversations_per_business": 2000},
            {"messaging_limit": "TIER_2K"},
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
            {"number_status": "BANNED"},
        ),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": ["REINSTATE"]}},
            {"number_status": "CONNECTED"},
        ),
    ],
)
def test_figures_and_states_are_taken_over(
    field: str, value: dict[str, Any], now_is: dict[str, str]
) -> None:
    assert told(field, **value).now_is == now_is


@pytest.mark.parametrize(
    ("field", "value", "event", "severity"),
    [
        ("phone_number_quality_update", {"event": "FLAGGED"}, "FLAGGED", "warning"),
        ("phone_number_name_update", {"decision": "REJECTED"}, "NAME_REJECTED", "warning"),
        ("account_update", {"event": "ACCOUNT_RESTRICTION"}, "ACCOUNT_RESTRICTION", "critical"),
        ("account_update", {"event": "ACCOUNT_VIOLATION"}, "ACCOUNT_VIOLATION", "warning"),
        ("account_update", {"event": "PARTNER_REMOVED"}, "PARTNER_REMOVED", "critical"),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}},
            "SCHEDULE_FOR_DISABLE",
            "critical",
        ),
        (
            "account_alerts",
            {"alert_info": {"alert_type": "OBA_REJECTED", "alert_severity": "WARNING"}},
            "OBA_REJECTED",
            "warning",
        ),
        ("account_review_update", {"decision": "REJECTED"}, "REVIEW_REJECTED", "critical"),
        ("security", {"event": "PIN_RESET_REQUEST"}, "PIN_RESET_REQUEST", "warning"),
    ],
)
def test_what_wants_attention_is_noticed(
    field: str, value: dict[str, Any], event: str, severity: str
) -> None:
    notice = told(field, **value).notice
    assert notice is not None
    assert (notice.event, notice.severity) == (event, severity)


@pytest.mark.parametrize(
    "event",
    ["PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED", "ACCOUNT_DELETED", "ACCOUNT_OFFBOARDED"],
)
def test_an_account_that_is_taken_away_means_refused_credentials(event: str) -> None:
    disconnected = {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"}
    news = told("account_update", event=event, disconnection_info=disconnected)
    assert news.refused == f"{event}: PRIMARY_INACTIVITY"


@pytest.mark.parametrize(
    ("field", "value", "over"),
    [
        ("phone_number_quality_update", {"event": "UNFLAGGED"}, "FLAGGED"),
        ("phone_number_quality_update", {"event": "UPGRADE"}, "DOWNGRADE"),
        ("account_update", {"event": "ACCOUNT_RECONNECTED"}, "ACCOUNT_OFFBOARDED"),
        (
            "account_update",
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
            "SCHEDULE_FOR_DISABLE",
        ),
        (
            "account_alerts",
            {"alert_info": {"alert_type": "OBA_REJECTED", "alert_status": "NONE"}},
            "OBA_REJECTED",
        ),
        ("account_review_update", {"decision": "APPROVED"}, "REVIEW_REJECTED"),
    ],
)
def test_what_is_over_is_taken_back(field: str, value: dict[str, Any], over: str) -> None:
    news = told(field, **value)
    assert over in news.over
    assert news.notice is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account_update", {"event": "VOLUME_BASED_PRICING_TIER_UPDATE"}),
        ("account_update", {"event": "SOMETHING_NEW"}),
        ("account_update", {}),
        ("account_update", {"event": "DISABLED_UPDATE", "ban_info": "?"}),
        ("account_alerts", {"alert_info": []}),
        ("security", {"event": None}),
        ("phone_number_name_update", {}),
    ],
)
def test_what_we_make_nothing_of_is_no_news(field: str, value: dict[str, Any]) -> None:
    assert told(field, **value) == NO_UPDATE


def test_a_restriction_keeps_its_kinds_and_its_end() -> None:
    restrictions = [
        {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1_790_000_000},
        {"restriction_type": "RESTRICTED_UTILITY_TEMPLATES", "expiration": 1_780_000_000},
        "?",
    ]
    assert told(
        "account_update", event="ACCOUNT_RESTRICTION", restriction_info=restrictions
    ).notice == Notice(
        "ACCOUNT_RESTRICTION",
        Severity.CRITICAL,
        {
            "restrictions": ["RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_UTILITY_TEMPLATES"],
            "until": 1_790_000_000,
        },
    )


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("TIER_2K", "TIER_2K"),
        (250, "TIER_250"),
        ("100000", "TIER_100K"),
        (-1, "TIER_UNLIMITED"),
        ("TIER_NOT_SET", None),
        (None, None),
        ({}, None),
    ],
)
def test_limits_come_as_words_and_as_numbers(given: object, meant: str | None) -> None:
    assert tier(given) == meant


def test_partners_name_the_account_themselves() -> None:
    named = change("account_update", waba_info={"waba_id": "7", "owner_business_id": "9"})
    assert waba_of(named) == "7"
    assert waba_of(change("account_update")) == "1"
