"""WhatsApp as a channel."""

import httpx

from inbox_app.channels.base import Contact, DeliveryResult, Job, ParsedEvent
from inbox_app.channels.whatsapp import controls, delivery, inbound
from inbox_app.channels.whatsapp.error_codes import REASONS
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.identity import contact_of_number
from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.domain.failures import FailureReason
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.sending import Decision, Facts

WHATSAPP = "whatsapp"


class WhatsApp:
    """Meta's Cloud API at ``graph_url``, in one of its versions."""

    key = WHATSAPP
    name = "WhatsApp"
    reply_window = WINDOW
    formats = frozenset({MessageKind.TEXT, MessageKind.TEMPLATE})
    writes_to_phones = True
    can_block = True

    def __init__(self, graph_url: str = "", version: str = "") -> None:
        self._graph_url, self._version = graph_url, version

    def read(self, body: bytes) -> ParsedEvent:
        """A body whose signature holds."""
        return inbound.read(body)

    def contact(self, address: str) -> Contact:
        """Of a number in E.164."""
        return contact_of_number(address)

    def decide(self, facts: Facts) -> Decision:
        """By the table B1–B12."""
        return controls.decide(facts)

    async def deliver(self, http: httpx.AsyncClient, credentials: str, job: Job) -> DeliveryResult:
        """``credentials`` is the token."""
        client = GraphClient(http, self._graph_url, self._version, credentials)
        return await delivery.deliver(client, job)

    def failure_reason(self, code: int | None) -> FailureReason:
        """By Meta's code."""
        return REASONS.get(code or 0, FailureReason.OTHER)
