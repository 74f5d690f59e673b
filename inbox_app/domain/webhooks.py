"""What other systems are told over webhooks of theirs, and how often it is tried (A3)."""

import base64
import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

MOST_ENDPOINTS = 20
"""Of an account."""
LONGEST_ADDRESS = 1_000
GIVES_UP_AFTER = timedelta(days=3)
"""An address that took nothing for so long is switched off."""
OLD_SECRET_SIGNS_FOR = timedelta(days=1)
"""After it was replaced: whoever receives can take over the new one meanwhile."""
DELIVERIES_KEPT = timedelta(days=7)

_SECRET = "whsec_"  # noqa: S105 - the prefix that the specification gives to secrets
_SECRET_BYTES = 24
_SECRET_FORM = re.compile(r"whsec_[A-Za-z0-9+/]{32}", re.ASCII)
_PAUSES = (
    *(timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 20)),
)
_GONE = 410


class WebhookEventType(StrEnum):
    """What happened, as receivers read it."""

    MESSAGE_RECEIVED = "message.received"
    MESSAGE_UPDATED = "message.updated"
    """What became of one that was sent."""
    CONVERSATION_LINKED = "conversation.linked"
    """To an actor, or to nobody any more."""
    WINDOW_CLOSING = "window.closing"
    TEMPLATE_UPDATED = "template.updated"
    CONNECTION_UPDATED = "connection.updated"
    TEST = "webhook.test"
    """Somebody asked for one, whatever the address is told else."""


CHOOSABLE = tuple(kind for kind in WebhookEventType if kind is not WebhookEventType.TEST)
CLOSES_WITHIN = timedelta(hours=2)
"""Before its window closes a conversation is told of, once."""


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    """It is not tried again by itself."""


class SwitchedOff(StrEnum):
    """Why an address is told nothing."""

    BY_PERSON = "person"
    FAILING = "failing"
    GONE = "gone"
    """It answered that it is there no more."""


def pause_after(attempt: int, jitter: float) -> timedelta | None:
    """How long to wait after the attempt of this number (from 1) failed; None: it was the last,
    some three days after the first. ``jitter`` from 0 to 1 adds up to a tenth."""
    if attempt > len(_PAUSES):
        return None
    return _PAUSES[attempt - 1] * (1 + jitter / 10)


def switched_off(status: int | None, failing_since: datetime, now: datetime) -> SwitchedOff | None:
    """Why an address that has just failed is to be told nothing more, if so."""
    if status == _GONE:
        return SwitchedOff.GONE
    return SwitchedOff.FAILING if now - failing_since >= GIVES_UP_AFTER else None


def is_taken(status: int) -> bool:
    """Whether an answer says that they have it."""
    return 200 <= status < 300


def new_secret() -> str:
    """With which what is told is signed, as the specification writes secrets."""
    return _SECRET + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def is_secret(text: str) -> bool:
    """Whether it is one as ``new_secret`` makes them: a browser may make it too, which then alone
    has seen it."""
    return _SECRET_FORM.fullmatch(text) is not None


def shown_host(url: str) -> str:
    """An address's host: the rest may be a secret."""
    return urlsplit(url).hostname or ""
