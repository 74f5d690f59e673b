"""Meta's words for the state of a number, in a person's."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for


def quality(value: Shown) -> rx.Var[str]:
    return words_for(
        value,
        ("GREEN", tr("High")),
        ("YELLOW", tr("Medium")),
        ("RED", tr("Low")),
        tr("Not known yet"),
    )


def limit(value: Shown) -> rx.Var[str]:
    return words_for(
        value,
        ("", tr("Not known yet")),
        ("TIER_50", tr("50 people a day")),
        ("TIER_250", tr("250 people a day")),
        ("TIER_1K", tr("1,000 people a day")),
        ("TIER_2K", tr("2,000 people a day")),
        ("TIER_10K", tr("10,000 people a day")),
        ("TIER_100K", tr("100,000 people a day")),
        ("TIER_UNLIMITED", tr("No limit")),
        value,
    )


def number_status(value: Shown) -> rx.Var[str]:
    return words_for(
        value,
        ("CONNECTED", tr("In use")),
        ("PENDING", tr("Being set up")),
        ("FLAGGED", tr("Flagged for low quality")),
        ("RESTRICTED", tr("Restricted by Meta")),
        ("RATE_LIMITED", tr("Slowed down by Meta")),
        ("BANNED", tr("Banned by Meta")),
        ("DISCONNECTED", tr("Deactivated at Meta")),
        ("MIGRATED", tr("Moved to another account")),
        ("DELETED", tr("Deleted at Meta")),
        ("UNVERIFIED", tr("Not verified")),
        ("", tr("Not known yet")),
        value,
    )


def notice(event: Shown) -> rx.Var[str]:
    return words_for(
        event,
        (
            "RESUBSCRIBED",
            tr("Messages had stopped arriving: we have restored the connection with Meta."),
        ),
        ("FLAGGED", tr("People are reporting or blocking this number: its quality is now low.")),
        ("DOWNGRADE", tr("Meta has lowered the number of people you can write to first each day.")),
        ("NAME_REJECTED", tr("Meta has rejected the display name.")),
        ("ACCOUNT_RESTRICTION", tr("Meta is restricting this account for a while.")),
        ("ACCOUNT_VIOLATION", tr("Meta has found a violation of its policies.")),
        ("SCHEDULE_FOR_DISABLE", tr("Meta is going to disable this account.")),
        ("DISABLE", tr("Meta has disabled this account.")),
        (
            "PARTNER_REMOVED",
            tr("Someone has revoked this application's access to the account at Meta."),
        ),
        (
            "PARTNER_APP_UNINSTALLED",
            tr("Someone has revoked this application's access to the account at Meta."),
        ),
        ("ACCOUNT_DELETED", tr("The WhatsApp account was deleted at Meta.")),
        ("ACCOUNT_OFFBOARDED", tr("The number was disconnected from here in the phone's app.")),
        ("REVIEW_REJECTED", tr("Meta's review has rejected the account.")),
        ("PIN_CHANGED", tr("The number's two-step code was changed.")),
        ("PIN_RESET_REQUEST", tr("Someone has asked Meta to reset the two-step code.")),
        ("PIN_REQUEST_SUCCESS", tr("The two-step code was reset.")),
        (
            "STANDBY",
            tr(
                "An agent of Meta's answers on this number: what it and your guests write is shown "
                "here. To answer yourself, switch it off in Meta's WhatsApp Manager."
            ),
        ),
        ("OBA_APPROVED", tr("The number has become an official business account.")),
        ("OBA_REJECTED", tr("Meta has rejected the official business account.")),
        ("PROFILE_PICTURE_LOST", tr("The profile picture was lost: set it again at Meta.")),
        tr("Notice from Meta: {event}", event=event),
    )


def restriction(kind: Shown) -> rx.Var[str]:
    calls = tr("Calls are restricted.")
    return words_for(
        kind,
        (
            "RESTRICTED_BIZ_INITIATED_MESSAGING",
            tr("You can't write first: you can only answer."),
        ),
        ("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", tr("You cannot answer either.")),
        ("RESTRICTED_ADD_PHONE_NUMBER_ACTION", tr("You cannot add numbers.")),
        ("RESTRICTED_UTILITY_TEMPLATES", tr("You cannot use utility templates.")),
        ("RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES", tr("You cannot use utility templates.")),
        ("RESTRICTED_BUSINESS_INITIATED_CALLING", calls),
        ("RESTRICTED_USER_INITIATED_CALLING", calls),
        ("RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN", calls),
        ("RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING", calls),
        kind,
    )
