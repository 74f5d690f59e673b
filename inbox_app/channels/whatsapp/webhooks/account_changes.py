"""What Meta tells of an account or a number by itself: what of it counts, and how much."""

from collections.abc import Mapping

from inbox_app.channels.whatsapp.json_values import ident, mapping
from inbox_app.channels.whatsapp.webhooks.business_changes import BUSINESS_FIELDS
from inbox_app.channels.whatsapp.webhooks.change import AccountUpdate, Reader
from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.channels.whatsapp.webhooks.number_changes import NUMBER_FIELDS

ACCOUNT_FIELDS: Mapping[str, Reader] = {**NUMBER_FIELDS, **BUSINESS_FIELDS}
"""The webhook fields of accounts and numbers, by what reads them."""


def waba_of(change: AccountChange) -> str | None:
    """The business account that is meant: partners are told under an id of their own."""
    told = mapping(change.value.get("waba_info")).get("waba_id")
    return ident(told) or change.waba_id


def read_account_update(change: AccountChange) -> AccountUpdate:
    """Read a change of one of ``ACCOUNT_FIELDS``; what we make nothing of is no news."""
    return ACCOUNT_FIELDS[change.field](change.value)
