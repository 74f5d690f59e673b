"""Meta's customer service window: 24 hours from somebody's last message, whatever we send
(W1, W3)."""

from datetime import timedelta

from inbox_app.domain.messages import MessageKind

WINDOW = timedelta(hours=24)

NOT_A_MESSAGE_OF_THE_PERSON = frozenset({"reaction", "edit", "revoke", "request_welcome"})
"""Wire types that leave the window as it is. Meta says of none of them that it opens the window,
and a needless template costs less than a text that fails."""


def counts(kind: MessageKind, wire_type: str | None = None) -> bool:
    """Whether an inbound message opens the window (W3).

    `wire_type` is the type of an unsupported message: `reaction`, `call`, `poll_creation`, …
    Statuses and echoes are no inbound messages and never get here.
    """
    if kind is MessageKind.SYSTEM or kind is MessageKind.TEMPLATE:
        return False
    return wire_type not in NOT_A_MESSAGE_OF_THE_PERSON
