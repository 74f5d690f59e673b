"""What the simulated Meta is told to do wrong."""

from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class GraphFault(StrEnum):
    """How the next send goes wrong. Meta's codes are given as such: «131056»."""

    HTML_502 = "html_502"
    HTTP_429 = "http_429"
    """With Retry-After and no JSON, from something before Meta."""
    SERVER_ERROR = "server_error"
    """500 and code 131000."""
    UNAVAILABLE = "unavailable"
    """503 and code 2."""
    SILENT_AFTER_ACCEPTANCE = "silent_after_acceptance"
    """Takes the message, and never answers."""
    RESET_AFTER_ACCEPTANCE = "reset_after_acceptance"
    """Takes the message, and breaks off: over HTTP, an empty 500."""
    NO_CONNECTION = "no_connection"
    """Only where the simulator is called in process: a server cannot refuse what has reached it."""


class MediaFault(StrEnum):
    """How the next reading of a file goes wrong."""

    EXPIRED_ID = "expired_id"
    EXPIRED_URL = "expired_url"
    EMPTY = "empty"
    WRONG_TYPE = "wrong_type"
    REDIRECT = "redirect"
    DAMAGED = "damaged"
    """As long as announced, and something else."""
    BROKEN_OFF = "broken_off"
    UNAVAILABLE = "unavailable"
    TOO_LARGE = "too_large"


@dataclass(slots=True)
class Faults:
    """All switches; the ones in queues serve once each, the others until they are turned back."""

    sends: deque[str] = field(default_factory=deque[str])
    """`GraphFault`s or Meta's codes, one for each of the next sends; "" lets one pass."""
    templates: deque[str] = field(default_factory=deque[str])
    """The same for the next templates made or deleted; also Meta's subcodes: «2388019»."""
    failures: deque[int] = field(default_factory=deque[int])
    """Meta's codes for `failed` statuses of the next messages that are accepted."""
    graph: deque[str] = field(default_factory=deque[str])
    """The same as `sends`, for each of the next calls that are no sends."""
    media: deque[str] = field(default_factory=deque[str])
    """`MediaFault`s, one for each of the next files that are read; "" lets one pass."""
    uploads: deque[str] = field(default_factory=deque[str])
    """The same for each of the next files that are uploaded."""
    duplicate: bool = False
    """Each webhook comes twice."""
    shuffle: bool = False
    """Statuses come in the wrong order: read, delivered, sent."""
    early: bool = False
    """The first status comes before the answer to the send."""
    sync_window: bool = False
    """A closed window is told at once, with 400, rather than by a status after a 200."""

    used_up: bool = False
    """The month's free answers are used up: each is charged."""
    unpaid: bool = False
    """There is no payment method: what is charged fails."""

    token: bool = False
    """No access token is taken any more."""
    scopes: bool = False
    """A token lacks one of its scopes."""
    app: bool = False
    """A token belongs to another app."""
    secret: bool = False
    """The app's secret is not the right one."""
    on_app: bool = False
    """Numbers live in the phone's WhatsApp Business app too."""
    code: bool = False
    """The code of Embedded Signup has expired."""
    unverified: bool = False
    """New numbers have not been verified."""
    pin: bool = False
    """Numbers have a two-step code already, 123456."""

    def set(self, switches: dict[str, Any]) -> None:
        """Turn the switches that are named; raises ValueError for one that is not here."""
        if not isinstance(switches, dict):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValueError("not a JSON object")
        for name, value in switches.items():
            if name not in Faults.__slots__:
                raise ValueError(f"there is no switch {name}: {', '.join(Faults.__slots__)}")
            is_queue = isinstance(getattr(self, name), deque)
            if is_queue and not isinstance(value, list):
                raise ValueError(f"{name} must be a list")
            setattr(self, name, deque(value) if is_queue else value is True)
        queues = (self.sends, self.graph, self.templates, self.uploads)
        unknown = [fault for queue in queues for fault in queue if not _is_known(fault)]
        unknown += [fault for fault in self.media if fault not in {"", *MediaFault}]
        if unknown:
            for queue in (*queues, self.media):
                queue.clear()
            raise ValueError(f"no such fault: {unknown[0]}")

    def told(self) -> dict[str, Any]:
        """The switches as they stand, for JSON."""
        values = {name: getattr(self, name) for name in Faults.__slots__}
        return {
            name: list(value) if isinstance(value, deque) else value
            for name, value in values.items()
        }

    def clear(self) -> None:
        """Everything as it should be."""
        fresh = Faults()
        for name in Faults.__slots__:
            setattr(self, name, getattr(fresh, name))

    def next_send(self) -> str:
        """What happens to this send: "" for nothing wrong."""
        return self.sends.popleft() if self.sends else ""

    def next_call(self) -> str:
        """The same for any other call."""
        return self.graph.popleft() if self.graph else ""

    def next_template(self) -> str:
        """What happens to this making or deleting of a template."""
        return self.templates.popleft() if self.templates else ""

    def next_file(self) -> str:
        """What happens to this reading of a file."""
        return self.media.popleft() if self.media else ""

    def next_upload(self) -> str:
        """What happens to this upload of a file."""
        return self.uploads.popleft() if self.uploads else ""

    def next_failure(self) -> int | None:
        """The code that the message just accepted will fail with."""
        return self.failures.popleft() if self.failures else None


def _is_known(fault: object) -> bool:
    return isinstance(fault, str) and (fault in {"", *GraphFault} or fault.isdigit())
