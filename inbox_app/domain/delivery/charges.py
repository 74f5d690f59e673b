"""What a channel says that a message of ours costs (C7)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Of one message; the words are the channel's own, and no rate of ours is among them."""

    billed: bool | None = None
    """None: it did not say."""
    category: str | None = None
    type: str | None = None
    model: str | None = None
