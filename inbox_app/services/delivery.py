"""Delivery statuses: they only advance, and wait when their message is not known yet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import DeliveryStatus, Direction, advance
from inbox_app.models import EarlyStatus, Message
from inbox_app.services.bulk import insert_new, run_many, select_in

ProviderKey = tuple[int, str]
"""A connection's id and Meta's id of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A status as Meta told it. ``ref`` is ours, sent along with the message."""

    account_id: int
    connection_id: int
    provider_id: str
    status: DeliveryStatus
    at: datetime | None
    ref: str | None = None
    error_code: int | None = None
    error_message: str | None = None


class Effect(NamedTuple):
    """Whether a status said anything new, and of which conversation; none while it waits."""

    new: bool
    conversation_id: int | None


async def apply_statuses(
    session: AsyncSession, told: Sequence[Told], now: datetime
) -> list[Effect]:
    """Advance the messages that the statuses are about; one effect for each status, in order."""
    connection = await session.connection()
    messages = await _Messages.read(connection, told)
    effects = [messages.advance(status) for status in told]
    await run_many(connection, _UPDATE, messages.changes())
    waiting = {index: told[index] for index, effect in enumerate(effects) if effect is None}
    kept = await _keep(connection, list(waiting.values()), now)
    return [
        effect or Effect(new=_early_key(told[index]) in kept, conversation_id=None)
        for index, effect in enumerate(effects)
    ]


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


@dataclass(slots=True)
class _Outgoing:
    """A message while statuses are applied to it."""

    id: int
    account_id: int
    conversation_id: int
    provider_id: str | None
    status: DeliveryStatus
    status_at: datetime | None
    error_code: int | None
    error_message: str | None
    changed: bool = False

    def advance(self, told: Told) -> bool:
        """Whether ``told`` changed anything."""
        changed = self.provider_id is None
        self.provider_id = self.provider_id or told.provider_id
        if advance(self.status, told.status) != self.status:
            self.status, self.status_at = told.status, told.at
            self.error_code, self.error_message = told.error_code, told.error_message
            changed = True
        self.changed = self.changed or changed
        return changed


class _Messages:
    """The messages that some statuses are about, by Meta's id or by ours."""

    def __init__(self) -> None:
        self._by_key: dict[ProviderKey, _Outgoing] = {}
        self._by_ref: dict[str, _Outgoing] = {}

    @classmethod
    async def read(cls, connection: AsyncConnection, told: Sequence[Told]) -> "_Messages":
        """Locks them: whoever sends one just now is waited for."""
        messages = cls()
        by_key = _OUTGOING.where(
            col(Message.connection_id).in_({status.connection_id for status in told})
        )
        provider_ids = {status.provider_id for status in told}
        refs = {status.ref for status in told if status.ref is not None}
        rows = await select_in(connection, by_key, col(Message.provider_id), provider_ids)
        rows += await select_in(connection, _OUTGOING, col(Message.ref), refs)
        for row in rows:
            messages._put(row)
        return messages

    def advance(self, told: Told) -> Effect | None:
        """Nothing when the message is not known."""
        key = (told.connection_id, told.provider_id)
        message = self._by_key.get(key) or self._by_our_ref(told)
        if message is None:
            return None
        self._by_key[key] = message
        return Effect(message.advance(told), message.conversation_id)

    def changes(self) -> list[dict[str, Any]]:
        """What is to be written of those that changed."""
        changed = {message.id: message for message in self._by_key.values() if message.changed}
        return [
            {
                "message": message.id,
                "new_provider_id": message.provider_id,
                "new_status": message.status,
                "new_status_at": message.status_at,
                "new_error_code": message.error_code,
                "new_error_message": message.error_message,
            }
            for message in changed.values()
        ]

    def _put(self, row: Any) -> None:
        message = _Outgoing(
            row.id,
            row.account_id,
            row.conversation_id,
            row.provider_id,
            row.status or DeliveryStatus.QUEUED,
            row.status_at,
            row.error_code,
            row.error_message,
        )
        if row.provider_id is not None:
            message = self._by_key.setdefault((row.connection_id, row.provider_id), message)
        if row.ref is not None:
            self._by_ref[row.ref] = message

    def _by_our_ref(self, told: Told) -> _Outgoing | None:
        message = self._by_ref.get(told.ref or "")
        if message is None or message.account_id != told.account_id:
            return None
        return message if message.provider_id in {None, told.provider_id} else None


async def _keep(
    connection: AsyncConnection, told: Sequence[Told], now: datetime
) -> set[tuple[int, str, DeliveryStatus]]:
    """The keys of those that were not waiting already."""
    rows = [
        {
            "account_id": status.account_id,
            "connection_id": status.connection_id,
            "provider_id": status.provider_id,
            "status": status.status,
            "status_at": status.at,
            "error_code": status.error_code,
            "error_message": status.error_message,
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


def _early_key(told: Told) -> tuple[int, str, DeliveryStatus]:
    return told.connection_id, told.provider_id, told.status


def _told(row: Any) -> Told:
    return Told(
        account_id=row.account_id,
        connection_id=row.connection_id,
        provider_id=row.provider_id,
        status=row.status,
        at=row.status_at,
        error_code=row.error_code,
        error_message=row.error_message,
    )


_OUTGOING = (
    select(
        col(Message.id),
        col(Message.account_id),
        col(Message.conversation_id),
        col(Message.connection_id),
        col(Message.provider_id),
        col(Message.ref),
        col(Message.status),
        col(Message.status_at),
        col(Message.error_code),
        col(Message.error_message),
    )
    .where(col(Message.direction) == Direction.OUT)
    .with_for_update()
)

_UPDATE = (
    update(Message)
    .where(col(Message.id) == bindparam("message"))
    .values(
        provider_id=bindparam("new_provider_id"),
        status=bindparam("new_status"),
        status_at=bindparam("new_status_at"),
        error_code=bindparam("new_error_code"),
        error_message=bindparam("new_error_message"),
    )
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
)

_FORGET = delete(EarlyStatus).where(col(EarlyStatus.id) == bindparam("early"))
