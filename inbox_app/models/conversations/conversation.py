"""The thread with one address over one channel, and what people were about to answer in it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.people.actors import ActorKind
from inbox_app.models.base import (
    BigId,
    Table,
    account_reference,
    instant,
    key,
    maybe_instant,
    maybe_reference,
    reference,
    text_enum,
)
from inbox_app.models.indexes import LISTED, partial_index

_ORDER = ("arrived_at", "id")


def list_indexes() -> tuple[Index, ...]:
    """One for each way to look at the list, with its rows in their order; the API's has all."""
    return (
        Index("conversation_arrived", "account_id", *_ORDER),
        Index("conversation_of_channel", "account_id", "channel", *_ORDER, "archived_at"),
        _some("conversation_listed", LISTED),
        _some("conversation_archived", "archived_at IS NOT NULL"),
        _some("conversation_unread", f"unread > 0 AND {LISTED}", covers=("unread", "archived_at")),
        _some("conversation_assigned", LISTED, "assigned_to"),
        _some("conversation_of_kind", LISTED, "actor_kind"),
        _some("conversation_snoozed", f"snooze IS NOT NULL AND {LISTED}"),
        _some("conversation_done", f"waiting_since IS NULL AND snooze IS NULL AND {LISTED}"),
        _some("conversation_starred", f"starred_at IS NOT NULL AND {LISTED}"),
        partial_index(
            "conversation_to_answer",
            f"waiting_since IS NOT NULL AND snooze IS NULL AND {LISTED}",
            *("account_id", "answer_by", "id", "waiting_since", "snooze", "archived_at"),
        ),
        partial_index("conversation_wakes", "snoozed_until IS NOT NULL", "snoozed_until"),
    )


def _some(name: str, holds: str, *first: str, covers: tuple[str, ...] = ()) -> Index:
    """Of the rows of which ``holds`` holds. SQLite counts by it, whatever it knows of the table,
    only where it ``covers`` all that is asked."""
    return partial_index(name, holds, "account_id", *first, *_ORDER, *covers)


class Conversation(Table, table=True):
    """Has an address, or waits for one (begun for an actor without a phone), or is a group's.

    The list and the unread count go by arrival, which is the order of message ids; a late
    message would otherwise vanish under what was already read.
    """

    __table_args__ = (
        UniqueConstraint("account_id", "channel", "address_id"),
        UniqueConstraint("account_id", "channel", "group_id"),
        partial_index(
            "one_waiting_conversation_per_actor",
            "address_id IS NULL AND actor_id IS NOT NULL",
            "account_id",
            "actor_id",
            unique=True,
        ),
        *list_indexes(),
    )

    id: int = key()
    account_id: int = account_reference(index=False)
    channel: str
    """The key of a ``channels.base.Channel``."""
    address_id: int | None = maybe_reference("address.id")
    address_since: datetime | None = maybe_instant()
    """When a wrong number was corrected: what left before went to another; None: never was."""
    group_id: str | None = None
    """The channel's id of a group; such a conversation is read-only."""
    actor_id: int | None = maybe_reference("actor.id")
    actor_kind: ActorKind | None = Field(default=None, sa_type=text_enum(ActorKind).sa_type)
    """The actor's own, written by the database (migration 0018) whenever either changes: the list
    filters by it. What is given here counts for nothing."""
    assigned_to: int | None = maybe_reference("user.id")
    archived_at: datetime | None = maybe_instant()
    last_message_id: int | None = Field(default=None, sa_type=BigId)
    """The newest by arrival; no foreign key, because the two tables would need each other."""
    arrived_at: datetime = instant()
    """When the newest message came in or was written; the conversation's making before that."""
    last_read_id: int = Field(default=0, sa_type=BigId)
    """Messages with a higher id nobody has read; what one person has not is in ``Unseen``."""
    unread: int = 0
    done_up_to: int = Field(default=0, sa_type=BigId, sa_column_kwargs={"server_default": "0"})
    """What came in up to this id is settled, though nobody answered it."""
    reopened_at: datetime | None = maybe_instant()
    waiting_since: datetime | None = maybe_instant()
    snooze: Snooze | None = Field(default=None, sa_type=text_enum(Snooze).sa_type)
    snoozed_until: datetime | None = maybe_instant()
    """These four are a ``domain.triage.Standing``; the rows they follow from are named in
    ``services/conversations/reckon_waiting.py``."""
    answer_by: datetime | None = maybe_instant()
    """By which what is to do is ordered; nothing waits without it."""
    starred_at: datetime | None = maybe_instant()
    created_at: datetime = instant()


class Draft(Table, table=True):
    """What a person has typed and not sent; it follows them from device to device."""

    __table_args__ = (UniqueConstraint("user_id", "conversation_id"),)

    id: int = key()
    account_id: int = account_reference()
    user_id: int = reference("user.id")
    conversation_id: int = reference("conversation.id")
    text: str
    updated_at: datetime = instant()
