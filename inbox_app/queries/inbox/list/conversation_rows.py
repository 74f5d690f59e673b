"""What each row of the left panel says; the same code serves a page of them and a single one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

import sqlalchemy
from sqlalchemy import Select, bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import messages, reply_window
from inbox_app.domain.reply_window import WindowState
from inbox_app.models import (
    Actor,
    Address,
    Connection,
    Conversation,
    Draft,
    LastInbound,
    Media,
    Message,
    User,
)
from inbox_app.queries.accounts.colleagues import colleague
from inbox_app.queries.inbox.reply_windows import its_window, present_connection, shut_by_channel
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.inbox.stay import StayThere, primary_stay
from inbox_app.queries.labels.rows import LabelRow
from inbox_app.queries.people.names import person
from inbox_app.web import duration_millis, millis

_LONGEST_DRAFT = 80

Facts = Select[*tuple[Any, ...]]


async def rows(
    session: AsyncSession, account_id: int, chosen: Facts, now: datetime
) -> list[ConversationRow]:
    """The rows of ``facts``, narrowed and in an order; without drafts."""
    return [shown(row, stay, now) for row, stay in await read(session, account_id, chosen, now)]


async def read(
    session: AsyncSession, account_id: int, chosen: Facts, now: datetime
) -> list[tuple[Any, StayThere | None]]:
    """``facts``, narrowed and in an order, each with the stay to show."""
    core = await session.connection()
    found = (await core.execute(chosen, {"account_id": account_id})).all()
    actor_ids = {row.actor_id for row in found if row.actor_id}
    stays = await primary_stay(session, account_id, actor_ids, now)
    return [(row, stays.get(row.actor_id)) for row in found]


async def drafts(
    session: AsyncSession, account_id: int, user_id: int, ids: Collection[str]
) -> dict[str, str]:
    """The first words of what a person has begun to write, by conversation."""
    query = select(Draft.conversation_id, Draft.text).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == user_id,
        col(Draft.conversation_id).in_([int(id_) for id_ in ids]),
    )
    found = await session.exec(query)
    return {str(id_): messages.clean_line(text, _LONGEST_DRAFT) for id_, text in found}


def seen_by(
    rows: Sequence[ConversationRow],
    drafts: dict[str, str],
    mentioned: Collection[str],
    unseen: Mapping[int, int],
) -> list[ConversationRow]:
    """Rows as one person sees them."""
    return [
        {
            **row,
            "draft": drafts.get(row["id"], ""),
            "mentioned": row["id"] in mentioned,
            "unread": row["unread"] + unseen.get(int(row["id"]), 0),
        }
        for row in rows
    ]


@cache
def facts() -> Facts:
    """All that is told of an account's conversations, but their stays. Built once: that takes
    longer than to run it."""
    return (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.channel),
            col(Conversation.group_id),
            col(Conversation.actor_id),
            col(Conversation.arrived_at),
            col(Conversation.unread),
            col(Conversation.assigned_to),
            col(Conversation.archived_at),
            col(Conversation.waiting_since),
            col(Conversation.answer_by),
            col(Conversation.snooze),
            col(Conversation.snoozed_until),
            col(Conversation.starred_at),
            col(Conversation.address_id),
            sqlalchemy.label("assignee_name", col(User.name)),
            sqlalchemy.label("assignee_email", col(User.email)),
            sqlalchemy.label("actor_external_id", col(Actor.external_id)),
            sqlalchemy.label("actor_name", col(Actor.name)),
            sqlalchemy.label("actor_kind", col(Actor.kind)),
            col(Address.value),
            col(Address.external_id),
            col(Address.username),
            col(Address.profile_name),
            col(Address.blocked_at),
            col(Address.marketing_stopped_at),
            col(Message.kind),
            col(Message.text),
            col(Message.details),
            col(Message.direction),
            col(Message.status),
            col(Message.unsupported_type),
            col(Message.sent_at),
            col(Media.filename),
            col(LastInbound.last_inbound_at),
            sqlalchemy.label(
                "shut_by_channel",
                shut_by_channel(col(LastInbound.last_inbound_at), col(Connection.id)),
            ),
        )
        .select_from(Conversation)
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .outerjoin(User, col(User.id) == col(Conversation.assigned_to))
        .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
        .outerjoin(Message, col(Message.id) == col(Conversation.last_message_id))
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .outerjoin(Connection, present_connection())
        .outerjoin(LastInbound, its_window())
        .where(col(Conversation.account_id) == bindparam("account_id"))
    )


def shown(
    row: Any, stay: StayThere | None, now: datetime, labels: Sequence[LabelRow] = ()
) -> ConversationRow:
    """One of ``read``'s, as the list says it."""
    who, channel = person(row), channel_of(row.channel)
    said = messages.preview(
        row.kind,
        row.text,
        name=row.filename or name_of(row.details),
        unsupported_type=row.unsupported_type,
    )
    return ConversationRow(
        id=str(row.id),
        name=who.name,
        name_is_number=who.name_is_number,
        initials=who.initials,
        kind=who.kind,
        profile_name=who.profile_name,
        group=row.group_id is not None,
        blocked=row.blocked_at is not None,
        marketing_stopped=row.marketing_stopped_at is not None,
        channel=row.channel,
        channel_name=channel.name,
        channel_icon=channel.icon,
        preview_kind=row.kind.value if row.kind else "",
        preview_text=said.text,
        preview_out=row.direction is messages.Direction.OUT,
        preview_status=row.status.value if row.status else "",
        preview_unsupported=row.unsupported_type or "",
        last_at=millis(row.arrived_at),
        unread=row.unread,
        window=_window(row, now).value,
        closes_at=millis(reply_window.closes_at(row.last_inbound_at, channel.reply_window)),
        window_length=duration_millis(channel.reply_window),
        stay_phase=stay.phase.value if stay else "",
        stay_date=stay.turns_on.isoformat() if stay else "",
        accommodation=stay.home.name if stay else "",
        waiting_since=millis(row.waiting_since),
        snooze=row.snooze or "",
        snoozed_until=millis(row.snoozed_until),
        starred=row.starred_at is not None,
        archived=row.archived_at is not None,
        labels=list(labels),
        assignee=colleague(row.assigned_to, row.assignee_name, row.assignee_email),
        draft="",
        lane="",
        mentioned=False,
    )


def _window(row: Any, now: datetime) -> WindowState:
    if row.shut_by_channel:
        return WindowState.CLOSED
    length = channel_of(row.channel).reply_window
    return reply_window.state(row.last_inbound_at, now, length)


def name_of(details: dict[str, Any] | None) -> str | None:
    """What speaks for a message without text: its place, contacts or template; of a template, the
    name that it was given here."""
    for kind in ("location", "contacts", "template"):
        told: Any = (details or {}).get(kind)
        each = cast("list[Any]", told) if isinstance(told, list) else [told]
        if names := [name for name in map(_name, each) if name]:
            return ", ".join(names)
    return None


def _name(told: Any) -> str | None:
    if not isinstance(told, dict):
        return None
    named = cast("dict[str, Any]", told)
    return named.get("internal_name") or named.get("name")
