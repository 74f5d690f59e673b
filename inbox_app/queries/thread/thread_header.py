"""The head and the foot of the open thread: who it is with, and what may be sent."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.base import Channel
from inbox_app.channels.registry import channel_of
from inbox_app.domain import sending
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.files.outgoing_files import FILES
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.reply_window import WindowState
from inbox_app.domain.sending import Decision, PhoneOnFile
from inbox_app.models import Actor, Address, AuditEntry, Conversation, Draft, User
from inbox_app.queries.accounts.colleagues import colleague
from inbox_app.queries.inbox.rows import FootRow, PhoneRow
from inbox_app.queries.people.names import person
from inbox_app.queries.tasks.tasks import tasks_ahead
from inbox_app.queries.thread.rows import MessageRow, ThreadHeader
from inbox_app.web import duration_millis, millis

PHONE_CHOSEN = "actor.phone_chosen"
CONVERSATION_LINKED = "conversation.linked"
_MOVES = (PHONE_CHOSEN, CONVERSATION_LINKED)
_LATEST = 200


async def head(session: AsyncSession, account_id: int, conversation_id: int) -> ThreadHeader | None:
    """None when the account has no such conversation."""
    query = (
        sqlalchemy.select(
            col(Conversation.channel),
            col(Conversation.group_id),
            col(Conversation.address_id),
            col(Conversation.archived_at),
            col(Conversation.waiting_since),
            col(Conversation.snooze),
            col(Conversation.snoozed_until),
            col(Conversation.assigned_to),
            sqlalchemy.label("assignee_name", col(User.name)),
            sqlalchemy.label("assignee_email", col(User.email)),
            col(Conversation.actor_id),
            sqlalchemy.label("actor_name", col(Actor.name)),
            sqlalchemy.label("actor_kind", col(Actor.kind)),
            col(Actor.language),
            col(Address.value),
            col(Address.username),
            col(Address.profile_name),
            col(Address.blocked_at),
            col(Address.marketing_stopped_at),
        )
        .select_from(Conversation)
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .outerjoin(User, col(User.id) == col(Conversation.assigned_to))
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .where(col(Conversation.account_id) == account_id, col(Conversation.id) == conversation_id)
    )
    core = await session.connection()
    row = (await core.execute(query)).first()
    if row is None:
        return None
    header = _header(conversation_id, row)
    if row.actor_kind is ActorKind.SUPPLIER:
        ahead = await tasks_ahead(session, account_id, conversation_id, row.actor_id)
        header["tasks"], header["tasks_answered"] = ahead.to_do, ahead.answered
    return header


async def draft(session: AsyncSession, account_id: int, user_id: int, conversation_id: int) -> str:
    """What the person has begun to write there."""
    query = select(Draft.text).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == user_id,
        col(Draft.conversation_id) == conversation_id,
    )
    return (await session.exec(query)).first() or ""


def foot(
    channel: Channel, decision: Decision, messages: Sequence[MessageRow], *, may_connect: bool
) -> FootRow:
    """The decision as the page shows it, under the newest messages."""
    may_retry = [kind.value for kind in MessageKind if sending.may_retry(kind, decision)]
    return FootRow(
        control=decision.control.value,
        reason=decision.reason.value,
        window=decision.window.value,
        formats=sorted(kind.value for kind in decision.formats),
        most_caption=channel.file_limits.caption if decision.formats & FILES else 0,
        counted=channel.counts_messages,
        closes_at=millis(decision.closes_at) if decision.window is WindowState.OPEN else 0,
        closed_at=millis(decision.closes_at) if decision.window is WindowState.CLOSED else 0,
        template_sent_at=millis(decision.template_sent_at),
        may_connect=may_connect,
        proposal=phones.display(decision.proposal or ""),
        phones=[_on_file(phone, decision) for phone in decision.choices],
        retry=_undelivered(messages, may_retry),
        may_retry=may_retry,
    )


def _on_file(phone: PhoneOnFile, decision: Decision) -> PhoneRow:
    number = phones.proposed_correction(phone.raw, decision.countries) or ""
    return PhoneRow(
        raw=phone.raw,
        number=phone.e164 or number,
        shown=phones.display(phone.e164 or number),
        problem=phones.parse_phone(phone.raw).problem or "" if phone.e164 is None else "",
    )


def _undelivered(messages: Sequence[MessageRow], kinds: Collection[str]) -> str:
    return next(
        (
            row["id"]
            for row in reversed(messages)
            if row["remedy"] == Remedy.UNDELIVERABLE and row["kind"] in kinds
        ),
        "",
    )


def _header(conversation_id: int, row: Any) -> ThreadHeader:
    who, channel = person(row), channel_of(row.channel)
    return ThreadHeader(
        id=str(conversation_id),
        channel=row.channel,
        channel_name=channel.name,
        window_length=duration_millis(channel.reply_window),
        can_block=channel.can_block,
        name=who.name,
        name_is_number=who.name_is_number,
        initials=who.initials,
        kind=who.kind,
        profile_name=who.profile_name,
        phone=who.phone,
        reservation_code="",
        has_address=row.address_id is not None,
        group=row.group_id is not None,
        blocked=row.blocked_at is not None,
        marketing_stopped=row.marketing_stopped_at is not None,
        archived=row.archived_at is not None,
        to_do=row.waiting_since is not None and row.snooze is None,
        snooze=row.snooze or "",
        snoozed_until=millis(row.snoozed_until),
        assignee=colleague(row.assigned_to, row.assignee_name, row.assignee_email),
        language=row.language or "",
        tasks=0,
        tasks_answered=False,
    )


async def moved_to(session: AsyncSession, account_id: int, conversation_id: int) -> str:
    """The id of the conversation that took the place of one that waited for a number; "" when none
    did."""
    query = (
        select(AuditEntry)
        .where(col(AuditEntry.account_id) == account_id, col(AuditEntry.what).in_(_MOVES))
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
        .limit(_LATEST)
    )
    for entry in await session.exec(query):
        if entry.details.get("waiting") == conversation_id:
            there = select(Conversation.id).where(
                col(Conversation.account_id) == account_id,
                col(Conversation.id) == entry.details["conversation"],
                col(Conversation.id) != conversation_id,
            )
            return str((await session.exec(there)).first() or "")
    return ""
