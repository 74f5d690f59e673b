"""Sends the installation's own mail, one after another, where a mail server is set (X1)."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from inbox_app import clock
from inbox_app.config.setting_values import SmtpAddress
from inbox_app.live import Queue
from inbox_app.runtime import Runtime
from inbox_app.services.accounts import mails
from inbox_app.services.notifications import urgent_mails
from inbox_app.vault import fingerprint, new_token
from inbox_app.workflows.mail.send_mail import send_mail
from inbox_app.workflows.mail.send_urgent import send_urgent
from inbox_app.workflows.mail.smtp import NotSentError

_IDLE = 20.0
_log = logging.getLogger(__name__)


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
    return await _send_urgent(runtime, server, now) or await _send_link(runtime, server, now)


async def _send_urgent(runtime: Runtime, server: SmtpAddress, now: Callable[[], datetime]) -> bool:
    async with runtime.database.transaction() as session:
        job = await urgent_mails.claim(session, now())
    if job is None:
        return False
    try:
        await send_urgent(server, runtime.settings, job)
    except NotSentError as error:
        _log.warning("urgent mail %d is not sent: %s", job.mail_id, error)
        async with runtime.database.transaction() as session:
            await urgent_mails.failed(session, job, now())
        return True
    async with runtime.database.transaction() as session:
        await urgent_mails.sent(session, job, now())
    return True


async def _send_link(runtime: Runtime, server: SmtpAddress, now: Callable[[], datetime]) -> bool:
    token = new_token()
    async with runtime.database.transaction() as session:
        job = await mails.claim(session, token, fingerprint(token), now())
    if job is None:
        return False
    try:
        await send_mail(server, runtime.settings, job)
    except NotSentError as error:
        _log.warning("mail %d is not sent: %s", job.mail_id, error)
        async with runtime.database.transaction() as session:
            await mails.failed(session, job, now())
        return True
    async with runtime.database.transaction() as session:
        await mails.sent(session, job)
    return True
