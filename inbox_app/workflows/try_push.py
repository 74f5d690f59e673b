"""A push that says only that it has arrived, to the device that asks for it (N2)."""

from datetime import datetime

from sqlmodel import col, select

from inbox_app.catalogues import text_in
from inbox_app.domain.notifications import PushOutcome, PushPurpose
from inbox_app.models import NotifiedDevice
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.runtime import Runtime
from inbox_app.services.notifications.due_pushes import PushJob
from inbox_app.services.notifications.record_push import PushAttempt, forget_subscription
from inbox_app.web_push.vapid import sender_key
from inbox_app.workflows.send_push import send_push

TEST = "test"


async def try_push(runtime: Runtime, who: SignedIn, now: datetime) -> PushAttempt | None:
    """What the push service answered; None where the device has no subscription."""
    query = select(NotifiedDevice).where(
        col(NotifiedDevice.account_id) == who.account_id,
        col(NotifiedDevice.session_id) == who.session_id,
    )
    async with runtime.database.reading() as session:
        device = (await session.exec(query)).one_or_none()
    if device is None or not device.endpoint:
        return None
    notice = _notice(who.language)
    job = _job(device, device.endpoint, notice)
    key, subject = sender_key(runtime.settings.data_dir), runtime.settings.push_subject
    attempt = await send_push(runtime.public, runtime.vault, key, subject, job, notice, now)
    if attempt.outcome is PushOutcome.GONE:
        async with runtime.database.transaction() as session:
            await forget_subscription(session, who.account_id, device.id, device.endpoint)
    return attempt


def _notice(language: str) -> NoticeRow:
    return NoticeRow(
        id=0,
        kind=TEST,
        tag=TEST,
        title=text_in(language, "Inbox"),
        body=text_in(language, "This is how you will be notified on this device."),
        url="/settings/notifications",
        silent=False,
    )


def _job(device: NotifiedDevice, endpoint: str, notice: NoticeRow) -> PushJob:
    return PushJob(
        push_id=0,
        account_id=device.account_id,
        device_id=device.id,
        notification_id=0,
        conversation_id=None,
        endpoint=endpoint,
        public_key=device.public_key,
        auth_encrypted=device.auth_encrypted,
        purpose=PushPurpose.TELL,
        notice=notice,
    )
