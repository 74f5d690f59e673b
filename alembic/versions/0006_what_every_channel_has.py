"""What every channel has, apart from what is WhatsApp's alone.

The connection keeps what any channel has of it; the rest goes to `whatsapp_number`. Windows hang
on the connection, raw events name their channel, failures keep what they ask for.
"""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

WHATSAPPS_OWN = (
    "waba_id",
    "contract_accepted_at",
    "contract_accepted_by",
    "contract_version",
    "contract_language",
    "pin_encrypted",
    "quality_rating",
    "figures_at",
    "messaging_limit",
    "number_status",
    "name_status",
    "token_expires_at",
    "subscribed",
    "templates_read_at",
    "templates_wanted_at",
    "templates_failure",
)

CONNECTED = {
    "sqlite_where": sa.text("state != 'disconnected'"),
    "postgresql_where": sa.text("state != 'disconnected'"),
}

RENAMED = {
    "phone_number_id": "external_id",
    "display_phone_number": "display_address",
    "verified_name": "display_name",
    "token_encrypted": "credentials_encrypted",
    "last_webhook_at": "last_event_at",
}

REMEDIES: Mapping[str, Sequence[int]] = {
    "retry": (
        *(1, 2, 4, 17, 32, 613, 80007, 80008, 130429, 131000, 131016, 131057, 131059, 131207),
        *(133000, 133004, 133015, 139102, 139103),
    ),
    "pair_limited": (131056,),
    "retry_later": (
        *(368, 131031, 131037, 131042, 131044, 131045, 131048, 131049, 131064, 132015),
        *(132068, 132069, 133008, 133009, 133010, 133016, 136024, 136025),
    ),
    "window_closed": (131047,),
    "undeliverable": (131026,),
    "own_address": (131021,),
    "not_listed": (131030,),
    "opted_out": (131050,),
    "reconnect": (0, 3, 10, 102, 190, *range(200, 300), 131005),
}
"""By Meta's code; 132000 to 132999 want the template fixed, the others are invalid."""


def upgrade() -> None:
    _give_whatsapp_its_table()
    _leave_what_every_channel_has()
    _hang_windows_on_the_connection()
    _name_addresses_as_every_channel_does()
    _name_the_channel_of_events()
    _keep_what_failures_ask_for("message")
    _keep_what_failures_ask_for("early_status")


def _give_whatsapp_its_table() -> None:
    op.create_table(
        "whatsapp_number",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("connection_id", BigId, nullable=False),
        sa.Column("waba_id", sa.String(), nullable=False),
        sa.Column("contract_accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contract_accepted_by", BigId, nullable=True),
        sa.Column("contract_version", sa.String(), nullable=False),
        sa.Column("contract_language", sa.String(), nullable=True),
        sa.Column("pin_encrypted", sa.String(), nullable=False),
        sa.Column("quality_rating", sa.String(), nullable=True),
        sa.Column("figures_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("messaging_limit", sa.String(), nullable=True),
        sa.Column("number_status", sa.String(), nullable=True),
        sa.Column("name_status", sa.String(), nullable=True),
        sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subscribed", sa.Boolean(), nullable=True),
        sa.Column("templates_read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("templates_wanted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("templates_failure", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["connection_id"], ["connection.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contract_accepted_by"], ["user.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id"),
    )
    for column in ("account_id", "contract_accepted_by"):
        op.create_index(f"ix_whatsapp_number_{column}", "whatsapp_number", [column])
    own = ", ".join(WHATSAPPS_OWN)
    op.execute(
        f"INSERT INTO whatsapp_number (account_id, connection_id, {own}) "  # noqa: S608
        f"SELECT account_id, id, {own} FROM connection ORDER BY id"
    )


def _leave_what_every_channel_has() -> None:
    for index in (
        "one_account_per_number",
        "one_connection_per_account",
        "one_row_per_number_of_an_account",
        "ix_connection_contract_accepted_by",
    ):
        op.drop_index(index, table_name="connection")
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("channel", sa.String(), nullable=False, server_default="whatsapp")
        )
        for old, new in RENAMED.items():
            batch_op.alter_column(old, new_column_name=new)
        for column in WHATSAPPS_OWN:
            batch_op.drop_column(column)
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.alter_column("channel", server_default=None)
    keys = ["account_id", "channel", "external_id"]
    op.create_index("one_row_per_endpoint_of_an_account", "connection", keys, unique=True)
    for name, columns in (
        ("one_connection_per_account", ["account_id", "channel"]),
        ("one_account_per_endpoint", ["channel", "external_id"]),
    ):
        op.create_index(name, "connection", columns, unique=True, **CONNECTED)


def _hang_windows_on_the_connection() -> None:
    op.create_table(
        "last_inbound",
        sa.Column("id", BigId, nullable=False),
        sa.Column("account_id", BigId, nullable=False),
        sa.Column("connection_id", BigId, nullable=False),
        sa.Column("address_id", BigId, nullable=False),
        sa.Column("last_inbound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["connection_id"], ["connection.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("connection_id", "address_id"),
    )
    op.execute(
        "INSERT INTO last_inbound (account_id, connection_id, address_id, last_inbound_at) "
        "SELECT w.account_id, c.id, w.address_id, w.last_inbound_at "
        "FROM customer_window w JOIN connection c "
        "ON c.account_id = w.account_id AND c.external_id = w.phone_number_id ORDER BY w.id"
    )
    for column in ("account_id", "connection_id", "address_id"):
        op.create_index(f"ix_last_inbound_{column}", "last_inbound", [column])
    op.drop_table("customer_window")


def _name_addresses_as_every_channel_does() -> None:
    op.execute("ALTER TABLE address RENAME COLUMN wa_id TO value")
    op.execute("ALTER TABLE address RENAME COLUMN user_id TO external_id")


def _name_the_channel_of_events() -> None:
    for index in (
        "ix_webhook_event_understood_at",
        "ix_webhook_event_unknown_phone_number_id",
        "webhook_event_queue",
    ):
        op.drop_index(index, table_name="webhook_event")
    op.rename_table("webhook_event", "inbound_event")
    op.execute(
        "ALTER TABLE inbound_event RENAME COLUMN unknown_phone_number_id TO unknown_endpoint"
    )
    op.add_column(
        "inbound_event",
        sa.Column("channel", sa.String(), nullable=False, server_default="whatsapp"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("inbound_event", "channel", server_default=None)
    op.create_index("ix_inbound_event_understood_at", "inbound_event", ["understood_at"])
    op.create_index("ix_inbound_event_unknown_endpoint", "inbound_event", ["unknown_endpoint"])
    op.create_index("inbound_event_queue", "inbound_event", ["state", "next_attempt_at", "id"])


def _keep_what_failures_ask_for(table: str) -> None:
    op.add_column(table, sa.Column("remedy", sa.String(), nullable=True))
    rows = sa.table(table, sa.column("error_code", sa.Integer), sa.column("remedy", sa.String))
    code = rows.c.error_code
    remedy = sa.case(
        *((code.in_(codes), word) for word, codes in REMEDIES.items()),
        (code.between(132000, 132999), "fix_template"),
        else_="invalid",
    )
    op.execute(sa.update(rows).where(code.is_not(None)).values(remedy=remedy))


def downgrade() -> None:
    """There is no way back: a second channel has no place in the tables there were."""
    raise NotImplementedError("restore the backup made before the update")
