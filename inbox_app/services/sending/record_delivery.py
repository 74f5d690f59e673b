"""Writes down what became of a send."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import messages, phones
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.domain.retries import MAX_ATTEMPTS
from inbox_app.models import (
    Address,
    AddressAlias,
    AliasKind,
    Conversation,
    Message,
    Outbox,
    OutboxState,
)
from inbox_app.services.connecting.refuse_credentials import refuse_credentials
from inbox_app.services.intake.delivery import settle_early_statuses
from inbox_app.services.sending.hold_sends import hold
from inbox_app.services.sending.mark_failed import mark_failed, mark_unknown
from inbox_app.services.sending.react_to_error import react_to_error
from inbox_app.services.sending.send_job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Meta took it. `wa_id` may be another spelling of the number than the one we wrote to."""

    provider_id: str
    wa_id: str | None = None
    dialled: str | None = None
    """The other spelling of the number, where only that was on a test number's list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Meta refused it, and would again. `words` are Meta's title and details."""

    code: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsRefused:
    """Meta refused the credentials, not the message: it has surely not left."""

    code: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryLater:
    """It has surely not left; it may after `pause`."""

    pause: timedelta
    code: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have left: nobody knows before a status says so."""


DeliveryResult = Sent | Failed | CredentialsRefused | RetryLater | Unknown


async def record(
    session: AsyncSession,
    job: Job,
    outcome: DeliveryResult,
    *,
    owner: str,
    now: datetime,
    real_now: datetime,
) -> None:
    """Write the outcome of `job` to its message, its outbox row and, where it tells of them, to the
    connection and the address.

    A claim that was given up meanwhile listens to good news only.
    """
    message, claim = await _locked(session, job, owner)
    if message is None or message.ref != job.ref:
        return
    if claim is not None:
        claim.state = OutboxState.DONE
    match outcome:
        case Sent():
            await _accepted(session, job, message, outcome, now)
        case _ if claim is None:
            return
        case RetryLater():
            await _not_yet(session, claim, message, outcome, now, real_now)
        case CredentialsRefused():
            await _no_entry(session, job, claim, message, outcome, now)
        case Failed():
            await _failed(session, job, message, outcome, now)
        case Unknown():
            mark_unknown(message, now)


async def _locked(
    session: AsyncSession, job: Job, owner: str
) -> tuple[Message | None, Outbox | None]:
    """The message, and its row in the outbox while that is the one that ``owner`` claimed."""
    query = select(Message).where(col(Message.id) == job.message_id).with_for_update()
    message = (await session.exec(query)).one_or_none()
    claimed = select(Outbox).where(
        col(Outbox.id) == job.outbox_id,
        col(Outbox.state) == OutboxState.CLAIMED,
        col(Outbox.claimed_by) == owner,
    )
    return message, (await session.exec(claimed.with_for_update())).one_or_none()


async def _accepted(
    session: AsyncSession, job: Job, message: Message, outcome: Sent, now: datetime
) -> None:
    message.provider_id = outcome.provider_id
    status = messages.advance(message.status or DeliveryStatus.QUEUED, DeliveryStatus.SENT)
    if status is not message.status:
        message.status, message.status_at = status, now
    await session.flush()
    await _learn_alias(session, job, outcome.wa_id)
    await _remember_spelling(session, job, outcome.dialled)
    await settle_early_statuses(session, job.connection_id, outcome.provider_id, message.id, now)


async def _learn_alias(session: AsyncSession, job: Job, wa_id: str | None) -> None:
    """The number of a person who had none here. One who has a number keeps it: in the answer it is
    the same, spelt otherwise, or not theirs."""
    address = select(Conversation.address_id).where(col(Conversation.id) == job.conversation_id)
    address_id = (await session.exec(address)).one()
    if address_id is None or not wa_id:
        return
    value = phones.canonical(wa_id)
    taken = select(AddressAlias.id).where(
        col(AddressAlias.account_id) == job.account_id,
        col(AddressAlias.kind) == AliasKind.PHONE,
        (col(AddressAlias.value) == value) | (col(AddressAlias.address_id) == address_id),
    )
    if (await session.exec(taken)).first() is None:
        session.add(
            AddressAlias(
                account_id=job.account_id, address_id=address_id, kind=AliasKind.PHONE, value=value
            )
        )


async def _remember_spelling(session: AsyncSession, job: Job, dialled: str | None) -> None:
    """The next message goes there at once, until they write from the other again."""
    if dialled is None:
        return
    address = select(Conversation.address_id).where(col(Conversation.id) == job.conversation_id)
    dialled_before = update(Address).where(
        col(Address.id) == (await session.exec(address)).one(), col(Address.wa_id) == job.wa_id
    )
    await session.exec(dialled_before.values(wa_id=dialled))


async def _not_yet(
    session: AsyncSession,
    claim: Outbox,
    message: Message,
    outcome: RetryLater,
    now: datetime,
    real_now: datetime,
) -> None:
    """Back in the queue for a while; after the last try it has failed."""
    if claim.attempts >= MAX_ATTEMPTS:
        await mark_failed(session, message, outcome.code, outcome.words, now)
        return
    claim.state = OutboxState.QUEUED
    claim.next_attempt_at = real_now + outcome.pause
    claim.claimed_by = claim.claimed_at = None


async def _failed(
    session: AsyncSession, job: Job, message: Message, outcome: Failed, now: datetime
) -> None:
    await mark_failed(session, message, outcome.code, outcome.words, now)
    await react_to_error(session, job.account_id, job.conversation_id, outcome.code, now)


async def _no_entry(
    session: AsyncSession,
    job: Job,
    claim: Outbox,
    message: Message,
    outcome: CredentialsRefused,
    now: datetime,
) -> None:
    """Held until the credentials are good; not for ever, where they are only ever said to be."""
    await refuse_credentials(
        session, job.connection_id, outcome.words, token_encrypted=job.token_encrypted
    )
    if claim.attempts >= MAX_ATTEMPTS:
        await mark_failed(session, message, outcome.code, outcome.words, now)
    else:
        hold(claim, message, now)
