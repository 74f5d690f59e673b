"""Out of hours somebody is on call, and what is said then is said in each language."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from alembic import op

revision: str = "0047"
down_revision: str | None = "0046"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TEXTS = """
SELECT away_settings.account_id, away_settings.text, account.language
FROM away_settings JOIN account ON account.id = away_settings.account_id
WHERE away_settings.text <> ''
"""


def upgrade() -> None:
    for name, empty in (("on_call", "[]"), ("texts", "{}")):
        column = sa.Column(name, sa.JSON(), nullable=False, server_default=empty)
        op.add_column("away_settings", column)
    _one_text_each()


def downgrade() -> None:
    for name in ("on_call", "texts"):
        op.drop_column("away_settings", name)


def _one_text_each() -> None:
    """What was said in all languages is what is said where no other is chosen: the company's."""
    connection = op.get_bind()
    change = sa.text("UPDATE away_settings SET texts = :texts WHERE account_id = :account")
    if connection.dialect.name == "postgresql":
        change = sa.text(
            "UPDATE away_settings SET texts = CAST(:texts AS JSON) WHERE account_id = :account"
        )
    for account, text, language in connection.execute(sa.text(_TEXTS)).all():
        texts = json.dumps({language.split("-")[0].lower(): text}, ensure_ascii=False)
        connection.execute(change, {"texts": texts, "account": account})
