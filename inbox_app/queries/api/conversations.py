"""Conversations as the HTTP API shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import messages
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import Control, Decision
from inbox_app.models import Conversation
from inbox_app.queries.inbox.list import conversation_list
from inbox_app.queries.inbox.list.conversation_rows import facts, name_of, read
from inbox_app.queries.inbox.list.list_order import Cursor
from inbox_app.queries.inbox.list.view import View
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.inbox.stay import StayThere
from inbox_app.queries.labels.labels import labels_of
from inbox_app.queries.labels.rows import LabelRow


@dataclass(frozen=True, slots=True)
class AddressOut:
    """A WhatsApp user; the phone may be missing."""

    phone: str | None
    wa_id: str | None
    user_id: str | None
    username: str | None


@dataclass(frozen=True, slots=True)
class ActorRef:
    """Whom a conversation is linked to."""

    external_id: str | None
    kind: ActorKind
    name: str


@dataclass(frozen=True, slots=True)
class ReservationRef:
    """The stay that shows first."""

    external_id: str | None
    code: str


@dataclass(frozen=True, slots=True)
class WindowOut:
    """The customer service window."""

    state: WindowState
    closes_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOut:
    """One conversation; `control` says what may be sent now."""

    id: str
    channel: str
    address: AddressOut | None
    profile_name: str | None
    actor: ActorRef | None
    reservation: ReservationRef | None
    labels: Sequence[str]
    """Their names."""
    to_answer: bool
    waiting_since: datetime | None
    snooze: Snooze | None
    """What it waits for before it is to do again."""
    snoozed_until: datetime | None
    done: bool
    starred: bool
    unread: int
    last_message_at: datetime | None
    preview: str
    window: WindowOut
    control: Control
    assigned_to: str | None
    """The e-mail with which they sign in."""
    archived: bool
    group: bool


async def conversations(
    session: AsyncSession, view: View, now: datetime, *, limit: int, after: Cursor | None
) -> tuple[list[ConversationOut], Cursor | None]:
    """A page of the view, in its order, and where the next one begins."""
    found = await conversation_list.found(session, view, now, limit=limit + 1, after=after)
    page = found[:limit]
    shown = await _shown(session, view.account_id, [(one.raw, one.stay) for one in page], now)
    return shown, page[-1].place if len(found) > limit else None


async def conversation(
    session: AsyncSession, account_id: int, conversation_id: int, now: datetime
) -> ConversationOut | None:
    """One of them; None when it is not this account's."""
    one = facts().where(col(Conversation.id) == conversation_id)
    found = await read(session, account_id, one, now)
    shown = await _shown(session, account_id, found, now)
    return shown[0] if shown else None


async def _shown(
    session: AsyncSession,
    account_id: int,
    found: Sequence[tuple[Any, StayThere | None]],
    now: datetime,
) -> list[ConversationOut]:
    sending = await load_facts(session, account_id, [row.id for row, _ in found], now)
    labels = await labels_of(session, account_id, [row.id for row, _ in found])
    return [
        _out(row, channel_of(row.channel).decide(sending[row.id]), stay, labels.get(row.id, ()))
        for row, stay in found
    ]


def _out(
    row: Any, decision: Decision, stay: StayThere | None, labels: Sequence[LabelRow]
) -> ConversationOut:
    return ConversationOut(
        id=str(row.id),
        channel=row.channel,
        address=_address(row),
        profile_name=row.profile_name,
        actor=_actor(row),
        reservation=_reservation(stay),
        labels=[label["name"] for label in labels],
        to_answer=_is_to_do(row),
        waiting_since=row.waiting_since,
        snooze=row.snooze,
        snoozed_until=row.snoozed_until,
        done=row.waiting_since is None and row.snooze is None,
        starred=row.starred_at is not None,
        unread=row.unread,
        last_message_at=row.sent_at,
        preview=_preview(row),
        window=WindowOut(decision.window, decision.closes_at),
        control=decision.control,
        assigned_to=row.assignee_email,
        archived=row.archived_at is not None,
        group=row.group_id is not None,
    )


def _is_to_do(row: Any) -> bool:
    return row.waiting_since is not None and row.snooze is None and row.archived_at is None


def _address(row: Any) -> AddressOut | None:
    if row.address_id is None:
        return None
    phone = phones.canonical(row.value) if row.value else ""
    return AddressOut(
        phone=f"+{phone}" if phone.isdigit() else None,
        wa_id=row.value,
        user_id=row.external_id,
        username=row.username,
    )


def _actor(row: Any) -> ActorRef | None:
    if row.actor_id is None:
        return None
    return ActorRef(row.actor_external_id, row.actor_kind, row.actor_name)


def _reservation(stay: StayThere | None) -> ReservationRef | None:
    return stay and ReservationRef(stay.reservation.external_id, stay.reservation.code)


def _preview(row: Any) -> str:
    """The text, else the file's or place's name, else the kind in brackets."""
    if row.kind is None:
        return ""
    said = messages.preview(row.kind, row.text, name=row.filename or name_of(row.details))
    return said.text or f"[{row.unsupported_type or row.kind.value}]"
