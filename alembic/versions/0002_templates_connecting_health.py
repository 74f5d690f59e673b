"""Templates, the steps of connecting, the health of a number."""

from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("audit_trail", ["account_id", "at", "id"], unique=False)

    op.create_table(
        "connection_setup",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("has_profile", sa.Boolean(), nullable=False),
        sa.Column("has_number", sa.Boolean(), nullable=False),
        sa.Column("contract_version", sa.String(), nullable=True),
        sa.Column("contract_language", sa.String(), nullable=True),
        sa.Column("contract_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "contract_accepted_by",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
        ),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("phone_number_id", sa.String(), nullable=False),
        sa.Column("waba_id", sa.String(), nullable=False),
        sa.Column("code_encrypted", sa.String(), nullable=False),
        sa.Column("code_received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token_encrypted", sa.String(), nullable=False),
        sa.Column("pin_encrypted", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "started_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("done", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("failed_step", sa.String(), nullable=True),
        sa.Column("failure", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["contract_accepted_by"], ["user.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["started_by"], ["user.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("connection_setup", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_connection_setup_account_id"), ["account_id"], unique=True
        )

    op.create_table(
        "template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("waba_id", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("internal_name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("previous_category", sa.String(), nullable=True),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("header", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("footer", sa.String(), nullable=True),
        sa.Column("meta_status", sa.String(), nullable=False),
        sa.Column("meta_reason", sa.String(), nullable=True),
        sa.Column("meta_advice", sa.String(), nullable=True),
        sa.Column("quality", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("incompatibilities", sa.JSON(), nullable=False),
        sa.Column(
            "created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["created_by"], ["user.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_id", "waba_id", "name", "language"),
    )
    with op.batch_alter_table("template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_template_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index(
            "template_list",
            ["account_id", "hidden_at", "state", "internal_name", "id"],
            unique=False,
        )

    op.create_table(
        "connection_notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "connection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["connection_id"], ["connection.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("connection_notice", schema=None) as batch_op:
        batch_op.create_index(
            "connection_notices", ["connection_id", "dismissed_at", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_connection_notice_account_id"), ["account_id"], unique=False
        )

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("marketing_stopped_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("marketing_told_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contract_language", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("pin_encrypted", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("quality_rating", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("messaging_limit", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("number_status", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("name_status", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("subscribed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("templates_read_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("templates_wanted_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("templates_failure", sa.String(), nullable=True))

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("advice_dismissed_at", sa.DateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_column("advice_dismissed_at")

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("address_since")

    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.drop_column("templates_failure")
        batch_op.drop_column("templates_wanted_at")
        batch_op.drop_column("templates_read_at")
        batch_op.drop_column("unreachable_since")
        batch_op.drop_column("checked_at")
        batch_op.drop_column("subscribed")
        batch_op.drop_column("token_expires_at")
        batch_op.drop_column("name_status")
        batch_op.drop_column("number_status")
        batch_op.drop_column("messaging_limit")
        batch_op.drop_column("quality_rating")
        batch_op.drop_column("connected_at")
        batch_op.drop_column("pin_encrypted")
        batch_op.drop_column("contract_language")

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_column("marketing_told_at")
        batch_op.drop_column("marketing_stopped_at")

    with op.batch_alter_table("connection_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_connection_notice_account_id"))
        batch_op.drop_index("connection_notices")

    op.drop_table("connection_notice")
    with op.batch_alter_table("template", schema=None) as batch_op:
        batch_op.drop_index("template_list")
        batch_op.drop_index(batch_op.f("ix_template_provider_id"))

    op.drop_table("template")
    with op.batch_alter_table("connection_setup", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_connection_setup_account_id"))

    op.drop_table("connection_setup")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("audit_trail")

    op.drop_table("audit_entry")
