"""WhatsApp as a channel."""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import httpx

from inbox_app.channels.inbound import Contact, ParsedEvent
from inbox_app.channels.outbound import DeliveryResult, Health, Job, ReadFile
from inbox_app.channels.whatsapp import (
    controls,
    delivery,
    files,
    health,
    inbound,
    resending,
    uploads,
)
from inbox_app.channels.whatsapp.failure_reasons import reason_of
from inbox_app.channels.whatsapp.graph.client import GraphClient, GraphError
from inbox_app.channels.whatsapp.identity import contact_of_number
from inbox_app.channels.whatsapp.pair_rate import PAIR_RATE
from inbox_app.channels.whatsapp.window import WINDOW
from inbox_app.domain.delivery.failures import FailureReason
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.sending import FREE_FORM, Decision, Facts

WHATSAPP = "whatsapp"


class WhatsApp:
    """Meta's Cloud API at ``graph_url``, in one of its versions."""

    key = WHATSAPP
    name = "WhatsApp"
    icon = "whatsapp"
    reply_window = WINDOW
    formats = FREE_FORM | {MessageKind.TEMPLATE}
    file_limits = uploads.LIMITS
    keeps_uploads_for = uploads.KEPT_FOR
    writes_to_phones = True
    can_block = True
    counts_messages = True
    keeps_files_for = timedelta(days=7)
    pair_rate = PAIR_RATE

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

    async def deliver(
        self, http: httpx.AsyncClient, credentials: str, job: Job, read_file: ReadFile
    ) -> DeliveryResult:
        """``credentials`` is the token."""
        return await delivery.deliver(self._client(http, credentials), job, read_file)

    def fetch_file(
        self, http: httpx.AsyncClient, credentials: str, provider_id: str
    ) -> AsyncIterator[bytes]:
        """By Meta's media id."""
        return files.fetch(self._client(http, credentials), http, credentials, provider_id)

    async def tell_read(
        self,
        http: httpx.AsyncClient,
        credentials: str,
        endpoint: str,
        provider_id: str,
        *,
        typing: bool,
    ) -> None:
        """Typing always tells that it was read, too; for 25 seconds at most."""
        with suppress(GraphError):
            client = self._client(http, credentials)
            await client.mark_read(endpoint, provider_id, typing=typing)

    async def health(self, http: httpx.AsyncClient, credentials: str, endpoint: str) -> Health:
        """Of a number."""
        return await health.check(self._client(http, credentials), endpoint)

    def form_to_ask_for(self, unsupported_type: str) -> MessageKind | None:
        """By WhatsApp's type."""
        return resending.form_to_ask_for(unsupported_type)

    def failure_reason(self, code: int | None) -> FailureReason:
        """By Meta's code."""
        return reason_of(code)

    def _client(self, http: httpx.AsyncClient, token: str) -> GraphClient:
        return GraphClient(http, self._graph_url, self._version, token)
