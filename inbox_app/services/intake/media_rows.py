"""The files of messages that came in, as they wait to be fetched."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from inbox_app.models import MediaState
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.status_updates import ProviderKey


def media_rows(
    items: Sequence[InboundItem], ids: Mapping[ProviderKey, int], now: datetime
) -> Iterator[dict[str, Any]]:
    """``ids`` are those of their messages."""
    for item in items:
        file = item.message.file
        if file is not None:
            yield {
                "account_id": item.account_id,
                "message_id": ids[item.key],
                "provider_media_id": file.provider_id,
                "mime_type": file.mime_type,
                "filename": file.filename,
                "sha256": file.sha256,
                "voice": file.voice,
                "animated": file.animated,
                "state": MediaState.FAILED if file.lost else MediaState.PENDING,
                "created_at": now,
            }
