"""A conversation is to do, snoozed or done, and what is to do has an order that an index keeps.

Who wrote last and got no answer waits since then, also from before this release.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True)
WINDOW = timedelta(hours=24)
"""Of the one channel there was."""
AT_ONCE = 1_000
LISTED = "archived_at IS NULL"
INDEXES = (
    (
        "conversation_snoozed",
        ("account_id", "arrived_at", "id"),
        f"snooze IS NOT NULL AND {LISTED}",
    ),
    (
        "conversation_done",
        ("account_id", "arrived_at", "id"),
        f"waiting_since IS NULL AND snooze IS NULL AND {LISTED}",
    ),
    (
        "conversation_starred",
        ("account_id", "arrived_at", "id"),
        f"starred_at IS NOT NULL AND {LISTED}",
    ),
    (
        "conversation_to_answer",
        ("account_id", "answer_by", "id", "waiting_since", "snooze", "archived_at"),
        f"waiting_since IS NOT NULL AND snooze IS NULL AND {LISTED}",
    ),
    ("conversation_wakes", ("snoozed_until",), "snoozed_until IS NOT NULL"),
)
COLUMNS: tuple[tuple[str, sa.types.TypeEngine[object]], ...] = (
    ("reopened_at", Moment),
    ("waiting_since", Moment),
    ("snooze", sa.String()),
    ("snoozed_until", Moment),
    ("answer_by", Moment),
    ("starred_at", Moment),
)
_WAITS = """
UPDATE conversation SET waiting_since = (
    SELECT asks.sent_at FROM message asks
    WHERE asks.conversation_id = conversation.id AND asks.direction = 'in'
    AND asks.kind <> 'system' AND asks.concerns IS NULL AND NOT asks.from_history
    AND asks.id > COALESCE((
        SELECT MAX(answer.id) FROM message answer
        WHERE answer.conversation_id = conversation.id AND answer.direction = 'out'
        AND (answer.status IS NULL OR answer.status <> 'failed') AND answer.kind <> 'system'
        AND answer.concerns IS NULL AND answer.waited_as IS NULL AND NOT answer.from_history), 0)
    ORDER BY asks.id LIMIT 1)
WHERE group_id IS NULL
"""
CONVERSATION = sa.table(
    "conversation",
    sa.column("id", BigId),
    sa.column("account_id", BigId),
    sa.column("channel", sa.String()),
    sa.column("address_id", BigId),
    sa.column("waiting_since", Moment),
    sa.column("answer_by", Moment),
)
CONNECTION = sa.table(
    "connection",
    *(sa.column(name) for name in ("id", "account_id", "channel", "state")),
)
LAST_INBOUND = sa.table(
    "last_inbound",
    sa.column("connection_id", BigId),
    sa.column("address_id", BigId),
    sa.column("last_inbound_at", Moment),
)


def upgrade() -> None:
    op.add_column(
        "conversation", sa.Column("done_up_to", BigId, nullable=False, server_default="0")
    )
    for name, kind in COLUMNS:
        op.add_column("conversation", sa.Column(name, kind, nullable=True))
    op.execute(_WAITS)
    for rows in _waiting():
        op.get_bind().execute(
            sa.update(CONVERSATION)
            .where(CONVERSATION.c.id == sa.bindparam("conversation"))
            .values(answer_by=sa.bindparam("by", type_=Moment)),
            [{"conversation": id_, "by": _answer_by(since, last)} for id_, since, last in rows],
        )
    for name, columns, holds in INDEXES:
        where = sa.text(holds)
        op.create_index(
            name, "conversation", list(columns), sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    for name, _, _ in INDEXES:
        op.drop_index(name, table_name="conversation")
    for name, _ in reversed(COLUMNS):
        op.drop_column("conversation", name)
    op.drop_column("conversation", "done_up_to")


def _waiting() -> Iterator[Sequence[sa.Row[tuple[int, datetime, datetime | None]]]]:
    """With when their window began, if one is there."""
    of, at, window = CONVERSATION.c, CONNECTION.c, LAST_INBOUND.c
    query = (
        sa.select(of.id, of.waiting_since, window.last_inbound_at)
        .select_from(CONVERSATION)
        .outerjoin(
            CONNECTION,
            sa.and_(
                at.account_id == of.account_id,
                at.channel == of.channel,
                at.state != "disconnected",
            ),
        )
        .outerjoin(
            LAST_INBOUND,
            sa.and_(window.address_id == of.address_id, window.connection_id == at.id),
        )
        .where(of.waiting_since.is_not(None))
        .order_by(of.id)
        .limit(AT_ONCE)
    )
    last = 0
    while rows := op.get_bind().execute(query.where(of.id > last)).all():
        yield rows
        last = rows[-1].id


def _answer_by(since: datetime, last_inbound_at: datetime | None) -> datetime:
    """``domain.triage.answer_by``."""
    closes = last_inbound_at + WINDOW if last_inbound_at else since
    if closes <= since:
        closes = since + WINDOW
    return since + (closes - since) / 2
