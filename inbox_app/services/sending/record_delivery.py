"""Writes down what became of a send (M6)."""

from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import Contact
from inbox_app.channels.outbound import (
    CredentialsRefused,
    DeliveryResult,
    Job,
    Refused,
    RetryAt,
    Sent,
    Unknown,
)
from inbox_app.domain import messages
from inbox_app.domain.delivery.retries import MAX_ATTEMPTS
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.models import (
    Address,
    AddressAlias,
    Conversation,
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.services.channel_services import services_of
from inbox_app.services.intake.delivery import settle_early_statuses
from inbox_app.services.sending.hold_sends import hold
from inbox_app.services.sending.job_files import note_upload
from inbox_app.services.sending.mark_failed import mark_failed, mark_unknown
from inbox_app.services.sending.refuse_credentials import refuse_credentials


async def record(
    session: AsyncSession,
    job: Job,
    result: DeliveryResult,
    *,
    owner: str,
    now: datetime,
    real_now: datetime,
) -> None:
    """Write what became of `job` to its message, its outbox row and, where it tells of them, to the
    connection and the address.

    A claim that was given up meanwhile listens to good news only.
    """
    message, claim = await _locked(session, job, owner)
    if message is None or message.ref != job.ref:
        return
    if not isinstance(result, CredentialsRefused) and result.uploaded_as:
        await note_upload(session, job, result.uploaded_as, real_now)
    if claim is not None:
        claim.state = OutboxState.DONE
    match result:
        case Sent():
            await _accepted(session, job, message, result, now)
        case _ if claim is None:
            return
        case RetryAt():
            await _not_yet(session, claim, message, result, now, real_now)
        case CredentialsRefused():
            await _no_entry(session, job, claim, message, result, now)
        case Refused():
            await _failed(session, job, message, result, now)
        case Unknown():
            mark_unknown(message, now)


async def _locked(
    session: AsyncSession, job: Job, owner: str
) -> tuple[Message | None, Outbox | None]:
    """The message, and its row in the outbox while that is the one that ``owner`` claimed."""
    query = select(Message).where(
        col(Message.account_id) == job.account_id, col(Message.id) == job.message_id
    )
    message = (await session.exec(query.with_for_update())).one_or_none()
    claimed = select(Outbox).where(
        col(Outbox.account_id) == job.account_id,
        col(Outbox.id) == job.outbox_id,
        col(Outbox.state) == OutboxState.CLAIMED,
        col(Outbox.claimed_by) == owner,
    )
    return message, (await session.exec(claimed.with_for_update())).one_or_none()


async def _accepted(
    session: AsyncSession, job: Job, message: Message, result: Sent, now: datetime
) -> None:
    message.provider_id = result.provider_id
    status = messages.advance(message.status or DeliveryStatus.QUEUED, DeliveryStatus.SENT)
    if status is not message.status:
        message.status, message.status_at = status, now
    await session.flush()
    await _learn_alias(session, job, result.contact)
    await _remember_spelling(session, job, result.dialled)
    await settle_early_statuses(session, job.connection_id, result.provider_id, message.id, now)


async def _learn_alias(session: AsyncSession, job: Job, contact: Contact | None) -> None:
    """The address of a person who had none here. One who has one keeps it: in the answer it is the
    same, spelt otherwise, or not theirs."""
    alias = contact and contact.address_alias
    address_id = await _address_id(session, job)
    if address_id is None or alias is None:
        return
    taken = select(AddressAlias.id).where(
        col(AddressAlias.account_id) == job.account_id,
        col(AddressAlias.channel) == job.channel,
        col(AddressAlias.kind) == alias.kind,
        (col(AddressAlias.value) == alias.value) | (col(AddressAlias.address_id) == address_id),
    )
    if (await session.exec(taken)).first() is None:
        session.add(
            AddressAlias(
                account_id=job.account_id,
                address_id=address_id,
                channel=job.channel,
                kind=alias.kind,
                value=alias.value,
            )
        )


async def _remember_spelling(session: AsyncSession, job: Job, dialled: str | None) -> None:
    """The next message goes there at once, until they write from the other again."""
    if dialled is None:
        return
    dialled_before = update(Address).where(
        col(Address.account_id) == job.account_id,
        col(Address.id) == await _address_id(session, job),
        col(Address.value) == job.address,
    )
    await session.exec(dialled_before.values(value=dialled))


async def _address_id(session: AsyncSession, job: Job) -> int | None:
    query = select(Conversation.address_id).where(
        col(Conversation.account_id) == job.account_id, col(Conversation.id) == job.conversation_id
    )
    return (await session.exec(query)).one()


async def _not_yet(
    session: AsyncSession,
    claim: Outbox,
    message: Message,
    result: RetryAt,
    now: datetime,
    real_now: datetime,
) -> None:
    """Back in the queue for a while; after the last try it has failed."""
    if claim.attempts >= MAX_ATTEMPTS:
        await mark_failed(session, message, result.failure, now)
        return
    claim.state = OutboxState.QUEUED
    claim.next_attempt_at = real_now + result.pause
    claim.claimed_by = claim.claimed_at = None


async def _failed(
    session: AsyncSession, job: Job, message: Message, result: Refused, now: datetime
) -> None:
    await mark_failed(session, message, result.failure, now)
    await services_of(job.channel).react_to_failure(
        session, job.account_id, job.conversation_id, result.failure, now
    )


async def _no_entry(
    session: AsyncSession,
    job: Job,
    claim: Outbox,
    message: Message,
    result: CredentialsRefused,
    now: datetime,
) -> None:
    """Held until the credentials are good; not for ever, where they are only ever said to be."""
    await refuse_credentials(
        session,
        job.account_id,
        job.connection_id,
        result.failure.words or "",
        credentials_encrypted=job.credentials_encrypted,
    )
    if claim.attempts >= MAX_ATTEMPTS:
        await mark_failed(session, message, result.failure, now)
    else:
        hold(claim, message, now)
