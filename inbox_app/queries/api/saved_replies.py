"""Saved replies as the HTTP API shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from inbox_app.models import SavedReply


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedReplyOut:
    """``texts`` by language (BCP 47), with ``{fields}``."""

    id: str
    name: str
    texts: Mapping[str, str]
    use_count: int
    updated_at: datetime


def saved_reply_out(reply: SavedReply, texts: Mapping[str, str]) -> SavedReplyOut:
    return SavedReplyOut(
        id=str(reply.id),
        name=reply.name,
        texts=texts,
        use_count=reply.use_count,
        updated_at=reply.updated_at,
    )
