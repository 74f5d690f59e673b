"""Tells another system something, signed after the Standard Webhooks specification (A3)."""

from datetime import datetime

import httpx
from cryptography.fernet import InvalidToken
from standardwebhooks.webhooks import Webhook

from inbox_app.public_addresses.exchange import exchange
from inbox_app.public_addresses.problems import PublicAddressError
from inbox_app.services.webhooks.due_deliveries import DeliveryJob
from inbox_app.services.webhooks.record_attempt import Attempt
from inbox_app.vault import Vault

WITHIN = 15.0
"""Seconds, from the look-up of the name to the end of the answer."""
UNREADABLE_SECRET = "secret"  # noqa: S105 - the name of a problem
_LONGEST_ANSWER = 200_000


async def deliver(
    client: httpx.AsyncClient, vault: Vault, job: DeliveryJob, now: datetime
) -> Attempt:
    """Call it with no transaction open; ``client`` is a ``public_client``."""
    try:
        headers = _headers(vault, job, now)
    except InvalidToken:
        return Attempt(problem=UNREADABLE_SECRET)
    try:
        answer = await exchange(
            client,
            "POST",
            job.url,
            headers=headers,
            content=job.body.encode(),
            at_most=_LONGEST_ANSWER,
            within=WITHIN,
        )
    except PublicAddressError as error:
        return Attempt(problem=error.problem.value)
    return Attempt(status=answer.status)


def _headers(vault: Vault, job: DeliveryJob, now: datetime) -> dict[str, str]:
    """The id is the event's: the same with each attempt, and for each address of the account."""
    id_ = f"evt_{job.event_id}"
    signatures = [
        Webhook(vault.decrypt(secret)).sign(id_, now, job.body) for secret in job.secrets_encrypted
    ]
    return {
        "content-type": "application/json",
        "user-agent": "Inbox-Webhooks/1",
        "webhook-id": id_,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
