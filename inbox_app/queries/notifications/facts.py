"""What there is to say of notifications (N1)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, bindparam, exists, func, or_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain import notifications
from inbox_app.domain.messages import MessageKind, preview
from inbox_app.domain.notifications import UNTIL_ANSWERED, NotificationKind, Preferences
from inbox_app.models import (
    Actor,
    Address,
    Conversation,
    Media,
    Message,
    Notification,
    Unseen,
    User,
)
from inbox_app.queries.inbox.list.unseen import NotSeen, unseen_in
from inbox_app.queries.people.names import person


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one notification; names and words are as people wrote them."""

    id: int
    account_id: int
    kind: NotificationKind
    settled: bool
    """For all."""
    conversation_id: int | None
    message_id: int | None
    assigned_to: int | None
    told: int | None
    """Who alone is to hear of it."""
    name: str
    author: str
    """The colleague who wrote the note."""
    message_kind: MessageKind | None
    text: str
    unread: int
    """What nobody has read in the conversation."""
    last_read_id: int
    unseen: Mapping[int, NotSeen]
    """By person: what others have read there and they have not."""

    def is_over_for(self, user_id: int) -> bool:
        """Whether this person knows already."""
        if self.settled or self.kind is not NotificationKind.MESSAGE:
            return self.settled
        seen = self.unseen[user_id].known_to if user_id in self.unseen else self.last_read_id
        return (self.message_id or 0) <= seen

    def unread_by(self, user_id: int) -> int:
        """How much of the conversation waits for this person."""
        return self.unread + (self.unseen[user_id].messages if user_id in self.unseen else 0)

    def is_news_to(self, user_id: int, wanted: Preferences) -> bool:
        """Whether this person is to be told, and does not know yet."""
        return not self.is_over_for(user_id) and self.concerns(user_id, wanted)

    def concerns(self, user_id: int, wanted: Preferences) -> bool:
        """Whether this person wants to be told."""
        whose = self.assigned_to
        return notifications.concerns(self.kind, whose, user_id, wanted, told=self.told)


async def facts(
    connection: AsyncConnection, account_ids: Sequence[int], ids: Sequence[int]
) -> dict[int, Facts]:
    """By id."""
    these = _FACTS.where(col(Notification.id).in_(ids))
    found = (await connection.execute(these, {"accounts": list(account_ids)})).all()
    unseen = await unseen_in(connection, account_ids, {row.conversation_id for row in found})
    return {row.id: _facts(row, unseen) for row in found}


async def standing(
    connection: AsyncConnection, account_id: int, people: Collection[int], most: int
) -> list[Facts]:
    """The latest of an account that not all of these people know of, and what they alone are told
    and have not looked at, the newest first."""
    found: list[Any] = []
    whose = col(Notification.user_id)
    for these, limit in (
        (whose.is_(None) & _is_news_to(people), most),
        (whose.in_(people), most),
    ):
        standing = _FACTS.where(col(Notification.settled).is_(False), these)
        latest = standing.order_by(col(Notification.id).desc()).limit(limit * len(people))
        found += await connection.execute(latest, {"accounts": [account_id]})
    unseen = await unseen_in(connection, [account_id], {row.conversation_id for row in found})
    return sorted((_facts(row, unseen) for row in found), key=lambda each: -each.id)


def _is_news_to(people: Collection[int]) -> ColumnElement[bool]:
    """Whether anybody among these has not seen the message."""
    not_seen = exists().where(
        col(Unseen.account_id) == col(Notification.account_id),
        col(Unseen.conversation_id) == col(Notification.conversation_id),
        col(Unseen.user_id).in_(people),
        col(Unseen.known_to) < col(Notification.message_id),
    )
    return or_(
        col(Notification.kind) != NotificationKind.MESSAGE,
        col(Conversation.last_read_id) < col(Notification.message_id),
        not_seen,
    )


def is_said_urgently(told: Facts, user_id: int, others: Iterable[Facts]) -> bool:
    """Whether this person hears of the same message as an urgent one: once is enough."""
    return told.kind is NotificationKind.MESSAGE and any(
        each.kind is NotificationKind.URGENT
        and each.told == user_id
        and each.message_id == told.message_id
        for each in others
    )


_FACTS = (
    sqlalchemy.select(
        col(Notification.id),
        col(Notification.account_id),
        col(Notification.kind),
        col(Notification.settled),
        col(Notification.conversation_id),
        col(Notification.message_id),
        col(Notification.user_id),
        col(Conversation.waiting_since),
        sqlalchemy.label("author", func.coalesce(func.nullif(col(User.name), ""), col(User.email))),
        col(Conversation.assigned_to),
        col(Conversation.unread),
        col(Conversation.last_read_id),
        sqlalchemy.label("message_kind", col(Message.kind)),
        col(Message.text),
        col(Media.filename),
        sqlalchemy.label("actor_name", col(Actor.name)),
        sqlalchemy.label("actor_kind", col(Actor.kind)),
        col(Address.value),
        col(Address.username),
        col(Address.profile_name),
    )
    .outerjoin(Conversation, col(Conversation.id) == col(Notification.conversation_id))
    .outerjoin(Message, col(Message.id) == col(Notification.message_id))
    .outerjoin(User, col(User.id) == col(Message.author_id))
    .outerjoin(Media, col(Media.message_id) == col(Message.id))
    .outerjoin(Address, col(Address.id) == col(Conversation.address_id))
    .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
    .where(col(Notification.account_id).in_(bindparam("accounts", expanding=True)))
)


def _is_answered(row: Any) -> bool:
    """What asks for an answer is over once somebody gave one, whoever did."""
    return row.kind in UNTIL_ANSWERED and row.waiting_since is None


def _facts(row: Any, unseen: Mapping[int, Mapping[int, NotSeen]]) -> Facts:
    said = preview(row.message_kind or MessageKind.TEXT, row.text, name=row.filename)
    return Facts(
        id=row.id,
        account_id=row.account_id,
        kind=row.kind,
        settled=row.settled or _is_answered(row),
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        assigned_to=row.assigned_to,
        told=row.user_id,
        name=person(row).name,
        author=row.author or "",
        message_kind=row.message_kind,
        text=said.text,
        unread=row.unread or 0,
        last_read_id=row.last_read_id or 0,
        unseen=unseen.get(row.conversation_id, {}),
    )
