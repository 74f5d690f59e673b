"""Hands a push to its browser's push service, with no transaction open (N2)."""

import json
from datetime import datetime, timedelta

import httpx
from cryptography.fernet import InvalidToken

from inbox_app.domain.notifications import PushPurpose
from inbox_app.public_addresses.exchange import PublicAnswer, exchange
from inbox_app.public_addresses.problems import PublicAddressError
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.services.notifications.due_pushes import PushJob
from inbox_app.services.notifications.record_push import PushAttempt
from inbox_app.vault import Vault
from inbox_app.web import millis
from inbox_app.web_push.encryption import BrowserKeys, seal
from inbox_app.web_push.vapid import SenderKey

WITHIN = 15.0
"""Seconds, from the look-up of the name to the end of the answer."""
_HOLDS = timedelta(hours=12)
"""So long a push service keeps it for a device that is off."""
_LONGEST_ANSWER = 20_000
_UNREADABLE = "secret"


async def send_push(
    client: httpx.AsyncClient,
    vault: Vault,
    key: SenderKey,
    subject: str,
    job: PushJob,
    notice: NoticeRow,
    now: datetime,
) -> PushAttempt:
    """``client`` is a ``public_client``; ``subject`` where the operators of a push service find
    ours."""
    try:
        keys = BrowserKeys.read(job.public_key, vault.decrypt(job.auth_encrypted))
    except (InvalidToken, ValueError):
        return PushAttempt(status=410, problem=_UNREADABLE)
    said = notice | {"purpose": job.purpose.value, "at": millis(now)}
    headers = {
        "authorization": key.authorization(job.endpoint, subject, now),
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "ttl": str(int(_HOLDS.total_seconds())),
        "urgency": "high" if job.purpose is PushPurpose.TELL else "normal",
        "topic": notice["tag"].replace("conversation-", "c-")[:32],
    }
    try:
        answer = await exchange(
            client,
            "POST",
            job.endpoint,
            headers=headers,
            content=seal(json.dumps(said, ensure_ascii=False).encode(), keys),
            at_most=_LONGEST_ANSWER,
            within=WITHIN,
        )
    except PublicAddressError as error:
        return PushAttempt(problem=error.problem.value)
    return PushAttempt(status=answer.status, retry_after=_retry_after(answer))


def _retry_after(answer: PublicAnswer) -> timedelta | None:
    told = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(told)) if told.isdecimal() and len(told) < 6 else None
