"""Delivery statuses: they only advance, and wait when their message is not known yet (M6)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.models import EarlyStatus, Message
from inbox_app.services.bulk import insert_new, run_many, select_in
from inbox_app.services.intake.status_updates import (
    CHARGE_COLUMNS,
    Effect,
    OutgoingMessages,
    ProviderKey,
    StatusUpdate,
    charge_columns,
    charge_of,
    failure_columns,
    failure_of,
)
from inbox_app.services.sending.mark_failed import give_back_refused


async def apply_statuses(
    session: AsyncSession, told: Sequence[StatusUpdate], now: datetime
) -> list[Effect]:
    """Advance the messages that the statuses are about; one effect for each status, in order."""
    connection = await session.connection()
    messages = await OutgoingMessages.read(connection, told)
    effects = [(status, messages.advance(status)) for status in told]
    await messages.write(connection)
    await _give_back(session, effects, now)
    early = {_early_key(status): status for status, effect in effects if effect is None}
    kept = await _keep(connection, list(early.values()), now)
    return [effect or _of_early(status, kept) for status, effect in effects]


async def _give_back(
    session: AsyncSession, effects: Sequence[tuple[StatusUpdate, Effect | None]], now: datetime
) -> None:
    refused = {
        _key(status)
        for status, effect in effects
        if effect is not None and effect.new and _closes_window(status)
    }
    if refused:
        await give_back_refused(session, refused, now)


def _closes_window(told: StatusUpdate) -> bool:
    return told.failure is not None and told.failure.remedy is Remedy.WINDOW_CLOSED


def _key(told: StatusUpdate) -> ProviderKey:
    return told.connection_id, told.provider_id


async def settle_early_statuses(
    session: AsyncSession, connection_id: int, provider_id: str, message_id: int, now: datetime
) -> None:
    """Apply what was told of a message before its provider id was known here.

    Call it after giving the message its ``provider_id``; the object is refreshed.
    """
    await session.flush()
    if await settle(session, {(connection_id, provider_id)}, now):
        await session.refresh(await session.get_one(Message, message_id))


async def settle(session: AsyncSession, keys: Collection[ProviderKey], now: datetime) -> set[int]:
    """Apply what waited for the messages of these keys; returns the conversations it changed."""
    connection = await session.connection()
    rows = await select_in(
        connection,
        _EARLY.where(col(EarlyStatus.connection_id).in_({of for of, _ in keys})),
        col(EarlyStatus.provider_id),
        {provider_id for _, provider_id in keys},
    )
    ready = [row for row in rows if (row.connection_id, row.provider_id) in keys]
    await run_many(connection, _FORGET, [{"early": row.id} for row in ready])
    effects = await apply_statuses(session, [_told(row) for row in ready], now)
    return {effect.conversation_id for effect in effects if effect.conversation_id is not None}


async def settle_missed(session: AsyncSession, now: datetime) -> set[tuple[int, int]]:
    """The same for statuses that were written down in the very moment in which their message got
    its id, neither transaction seeing the other's (PostgreSQL); the accounts and conversations."""
    connection = await session.connection()
    missed = (await connection.execute(_MISSED)).all()
    await settle(session, {(row.connection_id, row.provider_id) for row in missed}, now)
    return {(row.account_id, row.conversation_id) for row in missed}


_EarlyKey = tuple[int, str, DeliveryStatus]


async def _keep(
    connection: AsyncConnection, told: Sequence[StatusUpdate], now: datetime
) -> set[_EarlyKey]:
    """The keys of those that were not waiting already."""
    rows = [
        {
            "account_id": status.account_id,
            "connection_id": status.connection_id,
            "provider_id": status.provider_id,
            "status": status.status,
            "status_at": status.at,
            **failure_columns(status.failure),
            **charge_columns(status.charge),
            "received_at": now,
        }
        for status in told
    ]
    written = await insert_new(
        connection,
        EarlyStatus,
        rows,
        col(EarlyStatus.connection_id),
        col(EarlyStatus.provider_id),
        col(EarlyStatus.status),
    )
    return {(row.connection_id, row.provider_id, row.status) for row in written}


def _of_early(status: StatusUpdate, kept: set[_EarlyKey]) -> Effect:
    """The first of its kind is the news."""
    new = _early_key(status) in kept
    kept.discard(_early_key(status))
    return Effect(new, None)


def _early_key(told: StatusUpdate) -> _EarlyKey:
    return told.connection_id, told.provider_id, told.status


def _told(row: Any) -> StatusUpdate:
    return StatusUpdate(
        account_id=row.account_id,
        connection_id=row.connection_id,
        provider_id=row.provider_id,
        status=row.status,
        at=row.status_at,
        failure=failure_of(row),
        charge=charge_of(row),
    )


_EARLY = select(
    col(EarlyStatus.id),
    col(EarlyStatus.account_id),
    col(EarlyStatus.connection_id),
    col(EarlyStatus.provider_id),
    col(EarlyStatus.status),
    col(EarlyStatus.status_at),
    col(EarlyStatus.error_code),
    col(EarlyStatus.error_message),
    col(EarlyStatus.remedy),
    *(getattr(EarlyStatus, name) for name in CHARGE_COLUMNS),
)

_MISSED = (
    select(
        col(EarlyStatus.connection_id),
        col(EarlyStatus.provider_id),
        col(Message.account_id),
        col(Message.conversation_id),
    )
    .join(
        Message,
        (col(Message.connection_id) == col(EarlyStatus.connection_id))
        & (col(Message.provider_id) == col(EarlyStatus.provider_id)),
    )
    .limit(500)
)

_FORGET = delete(EarlyStatus).where(col(EarlyStatus.id) == bindparam("early"))
