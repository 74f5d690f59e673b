"""Each way to look at the list has an index with its rows in their order.

What kind of person a conversation is with is written in its row by the database itself, whoever
changes it: who links, corrects, merges or imports, this release or the one before.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

LISTED, ORDER = "archived_at IS NULL", ("arrived_at", "id")
INDEXES = (
    ("conversation_arrived", ORDER, None),
    ("conversation_listed", ORDER, LISTED),
    ("conversation_archived", ORDER, "archived_at IS NOT NULL"),
    ("conversation_unread", (*ORDER, "unread", "archived_at"), f"unread > 0 AND {LISTED}"),
    ("conversation_assigned", ("assigned_to", *ORDER), LISTED),
    ("conversation_of_kind", ("actor_kind", *ORDER), LISTED),
)
CONVERSATION_GETS = (
    "UPDATE conversation SET actor_kind = (SELECT kind FROM actor WHERE id = NEW.actor_id)"
    " WHERE id = NEW.id"
)
SQLITE = {
    "conversation_begins_with_actor": (
        "AFTER INSERT ON conversation WHEN NEW.actor_id IS NOT NULL OR NEW.actor_kind IS NOT NULL"
        f" BEGIN {CONVERSATION_GETS}; END"
    ),
    "conversation_gets_actor": (
        f"AFTER UPDATE OF actor_id ON conversation BEGIN {CONVERSATION_GETS}; END"
    ),
    "actor_gets_kind": (
        "AFTER UPDATE OF kind ON actor WHEN OLD.kind <> NEW.kind BEGIN"
        " UPDATE conversation SET actor_kind = NEW.kind WHERE actor_id = NEW.id; END"
    ),
}
# FOR SHARE: who changes the kind meanwhile waits and then finds the conversation, or is waited for.
POSTGRESQL = (
    "CREATE FUNCTION conversation_gets_actor() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " NEW.actor_kind := (SELECT kind FROM actor WHERE id = NEW.actor_id FOR SHARE);"
    " RETURN NEW; END $$",
    "CREATE TRIGGER conversation_gets_actor BEFORE INSERT OR UPDATE OF actor_id ON conversation"
    " FOR EACH ROW EXECUTE FUNCTION conversation_gets_actor()",
    "CREATE FUNCTION actor_gets_kind() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " UPDATE conversation SET actor_kind = NEW.kind WHERE actor_id = NEW.id;"
    " RETURN NULL; END $$",
    "CREATE TRIGGER actor_gets_kind AFTER UPDATE OF kind ON actor FOR EACH ROW"
    " WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION actor_gets_kind()",
)


def upgrade() -> None:
    op.add_column("conversation", sa.Column("actor_kind", sa.String(), nullable=True))
    op.execute(
        "UPDATE conversation SET actor_kind ="
        " (SELECT kind FROM actor WHERE actor.id = conversation.actor_id)"
        " WHERE actor_id IS NOT NULL"
    )
    for name, columns, holds in INDEXES:
        where = sa.text(holds) if holds else None
        every = ["account_id", *columns]
        op.create_index(name, "conversation", every, sqlite_where=where, postgresql_where=where)
    op.drop_index("conversation_list", table_name="conversation")
    order = ["connection_id", "last_inbound_at", "address_id"]
    op.create_index("last_inbound_order", "last_inbound", order)
    if op.get_bind().dialect.name == "sqlite":
        for name, does in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {does}")
    else:
        for statement in POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER actor_gets_kind ON actor")
        op.execute("DROP TRIGGER conversation_gets_actor ON conversation")
        op.execute("DROP FUNCTION actor_gets_kind")
        op.execute("DROP FUNCTION conversation_gets_actor")
    op.drop_index("last_inbound_order", table_name="last_inbound")
    op.create_index(
        "conversation_list", "conversation", ["account_id", "archived_at", "arrived_at", "id"]
    )
    for name, _, _ in INDEXES:
        op.drop_index(name, table_name="conversation")
    op.drop_column("conversation", "actor_kind")
