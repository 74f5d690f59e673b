"""Who waits for an answer since something came in, and who got one from the phone app (P8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.channels.registry import channel_of
from inbox_app.domain.conversations import triage
from inbox_app.domain.conversations.triage import Standing
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.domain.reply_window import closes_at, effective_inbound_at
from inbox_app.models import Connection, Conversation, LastInbound
from inbox_app.models.notifications.notification_notes import over_when_answered
from inbox_app.queries.inbox.reply_windows import its_window, present_connection
from inbox_app.services.bulk import run_many, select_in
from inbox_app.services.intake.address_book import Person
from inbox_app.services.intake.inbound_item import InboundItem


async def note_waiting(connection: AsyncConnection, items: Sequence[InboundItem]) -> list[int]:
    """Of messages just written, with their windows; the rows are locked from here on. Answers which
    conversations became to do by them."""
    said = _said(items)
    rows = await select_in(connection, _STANDINGS, col(Conversation.id), said.keys())
    now = [_standing(row, said[row.id]) for row in rows]
    await run_many(connection, _STAND, now)
    answered = [row.id for row, then in zip(rows, now, strict=True) if _is_over(row, then)]
    if answered:
        accounts = {item.account_id for item in items}
        await connection.execute(over_when_answered(accounts, answered))
    were = {row.id for row in rows if row.waiting_since and not row.snooze}
    return [
        each["conversation"]
        for each in now
        if each["now_since"] and not each["now_snooze"] and each["conversation"] not in were
    ]


@dataclass(slots=True)
class _Said:
    """What became of a conversation: whether we answered it, and since when somebody asks after
    that."""

    answered: bool = False
    asked_at: datetime | None = None


def _said(items: Sequence[InboundItem]) -> Mapping[int, _Said]:
    found: dict[int, _Said] = {}
    for item in items:
        message = item.message
        if message.old or not triage.asks(message.kind, message.concerns):
            continue
        if not message.by_us and isinstance(item.partner, Person):
            at = effective_inbound_at(message.sent_at, item.received_at).replace(microsecond=0)
            said = found.setdefault(item.conversation_id, _Said())
            said.asked_at = said.asked_at or at
        elif message.by_us and message.status is not DeliveryStatus.FAILED:
            found[item.conversation_id] = _Said(answered=True)
    return found


def _standing(row: Any, said: _Said) -> dict[str, Any]:
    stands = Standing(row.waiting_since, row.reopened_at, row.snooze, row.snoozed_until)
    if said.answered:
        stands = triage.answered(stands)
    if said.asked_at is not None:
        stands = triage.asked(stands, said.asked_at)
    closes = closes_at(row.last_inbound_at, channel_of(row.channel).reply_window)
    since = stands.waiting_since
    return {
        "conversation": row.id,
        "now_since": since,
        "now_reopened": stands.reopened_at,
        "now_snooze": stands.snooze,
        "now_until": stands.snoozed_until,
        "now_by": since and triage.answer_by(since, closes),
    }


def _is_over(before: Any, now: Mapping[str, Any]) -> bool:
    return before.waiting_since is not None and now["now_since"] is None


_STANDINGS = (
    select(
        col(Conversation.id),
        col(Conversation.channel),
        col(Conversation.waiting_since),
        col(Conversation.reopened_at),
        col(Conversation.snooze),
        col(Conversation.snoozed_until),
        col(LastInbound.last_inbound_at),
    )
    .outerjoin(Connection, present_connection())
    .outerjoin(LastInbound, its_window())
    .order_by(col(Conversation.id))
    .with_for_update(of=Conversation)
)
_STAND = (
    update(Conversation)
    .where(col(Conversation.id) == bindparam("conversation"))
    .values(
        waiting_since=bindparam("now_since"),
        reopened_at=bindparam("now_reopened"),
        snooze=bindparam("now_snooze"),
        snoozed_until=bindparam("now_until"),
        answer_by=bindparam("now_by"),
    )
)
