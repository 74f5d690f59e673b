"""Sends the installation's own mail, one after another, where a mail server is set (X1)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.config.setting_values import SmtpAddress
from inbox_app.config.settings import Settings
from inbox_app.live import Queue
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import mails
from inbox_app.services.accounts.mails import MailJob
from inbox_app.services.notifications import urgent_mails
from inbox_app.services.notifications.urgent_mails import UrgentMailJob
from inbox_app.vault import fingerprint, new_token
from inbox_app.workflows.mail.send_mail import send_mail
from inbox_app.workflows.mail.send_urgent import send_urgent
from inbox_app.workflows.mail.smtp import NotSentError

_IDLE = 20.0
_log = logging.getLogger(__name__)
_Job = TypeVar("_Job", MailJob, UrgentMailJob)


async def run(runtime: Runtime, is_leader: Callable[[], bool], stopping: asyncio.Event) -> None:
    """Send what is due whenever this process leads, until `stopping`."""
    while not stopping.is_set():
        try:
            while is_leader() and await send_next(runtime):
                pass
        except Exception:
            _log.exception("mail could not be sent; trying again")
        await runtime.live.wait(Queue.MAILS, _IDLE)


async def send_next(runtime: Runtime, now: Callable[[], datetime] = clock.real_now) -> bool:
    """Whether there was one to send, and a server to send it by; what is urgent goes first."""
    server = runtime.settings.smtp_address
    if server is None:
        return False
    post = _Post(runtime, server, now)
    urgent = _Kind(urgent_mails.claim, send_urgent, urgent_mails.sent, urgent_mails.failed)
    links = _Kind(_claim_link, send_mail, mails.sent, mails.failed)
    return await post.send_one(urgent) or await post.send_one(links)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[_Job]):
    """One kind of mail: what is next of it, how it is sent, and what becomes of it then."""

    claim: Callable[[AsyncSession, datetime], Awaitable[_Job | None]]
    send: Callable[[SmtpAddress, Settings, _Job], Awaitable[None]]
    sent: Callable[[AsyncSession, _Job, datetime], Awaitable[None]]
    failed: Callable[[AsyncSession, _Job, datetime], Awaitable[object]]


async def _claim_link(session: AsyncSession, now: datetime) -> MailJob | None:
    token = new_token()
    return await mails.claim(session, token, fingerprint(token), now)


@dataclass(frozen=True, slots=True)
class _Post:
    runtime: Runtime
    server: SmtpAddress
    now: Callable[[], datetime]

    async def send_one(self, kind: _Kind[_Job]) -> bool:
        async with self.runtime.database.transaction() as session:
            job = await kind.claim(session, self.now())
        if job is None:
            return False
        became = kind.sent
        try:
            await kind.send(self.server, self.runtime.settings, job)
        except NotSentError as error:
            _log.warning("mail %d is not sent: %s", job.mail_id, error)
            became = kind.failed
        async with self.runtime.database.transaction() as session:
            await became(session, job, self.now())
        return True
