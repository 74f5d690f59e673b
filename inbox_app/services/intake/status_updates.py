"""Outgoing messages while delivery statuses are applied to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.delivery.charges import Charge
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.messages import DeliveryStatus, Direction, advance
from inbox_app.domain.webhooks import WebhookEventType
from inbox_app.models import Message
from inbox_app.services.bulk import run_many, select_in
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.webhooks.note_events import Note, note_events

ProviderKey = tuple[int, str]
"""A connection's id and its channel's id of a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """A status as the channel told it. ``ref`` is ours, sent along with the message."""

    account_id: int
    connection_id: int
    provider_id: str
    status: DeliveryStatus
    at: datetime | None
    ref: str | None = None
    failure: Failure | None = None
    charge: Charge | None = None


class Effect(NamedTuple):
    """Whether a status said anything new, and of which conversation; none while it waits."""

    new: bool
    conversation_id: int | None


def failure_of(row: Any) -> Failure | None:
    """What a row says of a failure; `row` has the columns of ``failure_columns``."""
    if row.remedy is None and row.error_code is None and row.error_message is None:
        return None
    remedy = row.remedy or Remedy.INVALID
    return Failure(remedy=remedy, code=row.error_code, words=row.error_message)


def failure_columns(failure: Failure | None, prefix: str = "") -> dict[str, Any]:
    """A failure as messages and early statuses keep it."""
    return {
        f"{prefix}error_code": failure and failure.code,
        f"{prefix}error_message": failure and failure.words,
        f"{prefix}remedy": failure and failure.remedy,
    }


CHARGE_COLUMNS = ("billed", "charge_category", "charge_type", "charge_model")


def charge_of(row: Any) -> Charge | None:
    """What a row says of a charge; `row` has ``CHARGE_COLUMNS``."""
    said = Charge(
        billed=row.billed,
        category=row.charge_category,
        type=row.charge_type,
        model=row.charge_model,
    )
    return said if said != Charge() else None


def charge_columns(charge: Charge | None, prefix: str = "") -> dict[str, Any]:
    """A charge as messages and early statuses keep it."""
    said = charge or Charge()
    values = (said.billed, said.category, said.type, said.model)
    return {f"{prefix}{name}": value for name, value in zip(CHARGE_COLUMNS, values, strict=True)}


class OutgoingMessages:
    """The messages that some statuses are about, by the channel's id or by ours."""

    def __init__(self) -> None:
        self._by_key: dict[ProviderKey, _Outgoing] = {}
        self._by_ref: dict[str, _Outgoing] = {}

    @classmethod
    async def read(cls, connection: AsyncConnection, told: Sequence[StatusUpdate]) -> Self:
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

    def advance(self, told: StatusUpdate) -> Effect | None:
        """Nothing when the message is not known."""
        key = (told.connection_id, told.provider_id)
        message = self._by_key.get(key) or self._by_our_ref(told)
        if message is None:
            return None
        self._by_key[key] = message
        return Effect(message.advance(told), message.conversation_id)

    async def write(self, connection: AsyncConnection) -> None:
        """Write down those that changed."""
        changed = {message.id: message for message in self._by_key.values() if message.changed}
        rows = [
            {
                "message": message.id,
                "new_provider_id": message.provider_id,
                "new_status": message.status,
                "new_status_at": message.status_at,
                **failure_columns(message.failure, "new_"),
                **charge_columns(message.charge, "new_"),
            }
            for message in changed.values()
        ]
        await run_many(connection, _UPDATE, rows)
        turned = {message.conversation_id for message in changed.values() if message.turned}
        await reckon_waiting(connection, turned)
        updated = WebhookEventType.MESSAGE_UPDATED
        notes = [Note(message.account_id, updated, message.id) for message in changed.values()]
        await note_events(connection, notes)

    def _put(self, row: Any) -> None:
        message = _Outgoing(
            row.id,
            row.account_id,
            row.conversation_id,
            row.provider_id,
            row.status or DeliveryStatus.QUEUED,
            row.status_at,
            failure_of(row),
            charge_of(row),
        )
        if row.provider_id is not None:
            message = self._by_key.setdefault((row.connection_id, row.provider_id), message)
        if row.ref is not None:
            self._by_ref[row.ref] = message

    def _by_our_ref(self, told: StatusUpdate) -> "_Outgoing | None":
        message = self._by_ref.get(told.ref or "")
        if message is None or message.account_id != told.account_id:
            return None
        return message if message.provider_id in {None, told.provider_id} else None


@dataclass(slots=True)
class _Outgoing:
    """A message while statuses are applied to it."""

    id: int
    account_id: int
    conversation_id: int
    provider_id: str | None
    status: DeliveryStatus
    status_at: datetime | None
    failure: Failure | None
    charge: Charge | None
    changed: bool = False
    turned: bool = False
    """It failed now, or did not after all: an answer that was none."""

    def advance(self, told: StatusUpdate) -> bool:
        """Whether ``told`` changed anything."""
        changed = self.provider_id is None
        self.provider_id = self.provider_id or told.provider_id
        if advance(self.status, told.status) != self.status:
            self.turned |= DeliveryStatus.FAILED in {self.status, told.status}
            self.status, self.status_at = told.status, told.at
            self.failure = told.failure
            changed = True
        if self.charge is None and told.charge is not None:
            self.charge, changed = told.charge, True
        self.changed = self.changed or changed
        return changed


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
        col(Message.remedy),
        *(getattr(Message, name) for name in CHARGE_COLUMNS),
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
        remedy=bindparam("new_remedy"),
        **{name: bindparam(f"new_{name}") for name in CHARGE_COLUMNS},
    )
)
