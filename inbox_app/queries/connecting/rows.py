"""What the wizard that connects a number and the settings show of it: plain values, ready to travel
to a browser."""

from typing import TypedDict


class StepRow(TypedDict):
    """One step; ``state`` is done, current, failed, asks or waiting."""

    name: str
    state: str


class NumberChoice(TypedDict):
    """A number that may be chosen."""

    id: str
    display: str
    name: str


class SetupRow(TypedDict):
    """``mode`` is fresh, renew or connected; ``state`` open, running or failed; ``accepted_at`` in
    epoch milliseconds. No token and no code is among it."""

    mode: str
    state: str
    has_profile: bool
    has_number: bool
    has_contract: bool
    held: int
    """How many of the three hold."""
    ready: bool
    """All of them."""
    accepted_at: int
    accepted_by: str
    method: str
    phone_number_id: str
    waba_id: str
    token_saved: bool
    pin_saved: bool
    refused: bool
    """Meta refuses the credentials of the connection."""
    reason: str
    """In these words."""
    display: str
    name: str
    pin_made_up: bool


class FailureRow(TypedDict):
    """Why it stands still; "" when it does not. ``words`` and ``code`` are Meta's, 0 for none."""

    step: str
    reason: str
    code: int
    words: str


NOTHING_YET = SetupRow(
    mode="",
    state="open",
    has_profile=False,
    has_number=False,
    has_contract=False,
    held=0,
    ready=False,
    accepted_at=0,
    accepted_by="",
    method="",
    phone_number_id="",
    waba_id="",
    token_saved=False,
    pin_saved=False,
    refused=False,
    reason="",
    display="",
    name="",
    pin_made_up=False,
)


NO_FAILURE = FailureRow(step="", reason="", code=0, words="")


class HealthRow(TypedDict):
    """Moments in epoch milliseconds, 0 for none; Meta's words as they are, "" for none."""

    state: str
    """none, active or refused."""
    reason: str
    display: str
    name: str
    phone_number_id: str
    waba_id: str
    quality: str
    limit: str
    number_status: str
    name_status: str
    subscribed: str
    """yes, no, or "" while nobody has looked."""
    token_expires_at: int
    last_webhook_at: int
    checked_at: int
    unreachable_since: int
    connected_at: int
    accepted_at: int
    accepted_by: str
    contract_version: str
    contract_language: str
    pin_kept: bool


class NoticeRow(TypedDict):
    """Something Meta tells; ``until`` and ``at`` in epoch milliseconds."""

    id: str
    event: str
    severity: str
    at: int
    until: int
    restrictions: list[str]
    """Meta's words for what may not be done."""
    words: str
    """Meta's own, where there are some."""


NO_HEALTH = HealthRow(
    state="none",
    reason="",
    display="",
    name="",
    phone_number_id="",
    waba_id="",
    quality="",
    limit="",
    number_status="",
    name_status="",
    subscribed="",
    token_expires_at=0,
    last_webhook_at=0,
    checked_at=0,
    unreachable_since=0,
    connected_at=0,
    accepted_at=0,
    accepted_by="",
    contract_version="",
    contract_language="",
    pin_kept=False,
)


class CategoryRow(TypedDict):
    """Messages of one of Meta's categories ("" where it named none) that it charged and did not."""

    name: str
    paid: int
    free: int


class CostsRow(TypedDict):
    """What the number cost this month; ``runs_out_on`` is YYYY-MM-DD, "" when the free messages
    last to its end, and ``unpaid`` counts what failed for want of a payment method."""

    categories: list[CategoryRow]
    free_left: int
    free_in_all: int
    runs_out_on: str
    unpaid: int


NO_COSTS = CostsRow(categories=[], free_left=0, free_in_all=0, runs_out_on="", unpaid=0)
