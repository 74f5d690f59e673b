"""What the page of webhooks shows, row by row: plain values, ready to travel to a browser."""

from typing import TypedDict


class EndpointRow(TypedDict):
    """An address that is told."""

    id: str
    host: str
    url: str
    events: list[str]
    """``WebhookEventType`` values; empty: all."""
    switched_off: str
    """A ``SwitchedOff``, "" while it is on."""
    failing: bool
    """The last that was tried did not arrive."""


class DeliveryRow(TypedDict):
    """One event on its way to it."""

    id: str
    event: str
    webhook_id: str
    state: str
    attempts: int
    status: int
    """What was answered; 0 for nothing."""
    problem: str
    """A ``PublicAddressProblem``, "" for none."""
    at: int
    """Epoch milliseconds: when it was tried last, or else when it happened."""
    next_at: int
    """When it is tried again; 0 when it is not."""
