"""Files of messages, as they lie in the storage."""

from datetime import datetime
from pathlib import Path
from typing import Any

from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import Conversation, Media, MediaState, Message
from inbox_app.runtime import Runtime
from inbox_app.storage import chunks_of
from tests.support.factories import add

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4000


async def keep(
    runtime: Runtime, tmp_path: Path, now: datetime, content: bytes = PHOTO, **given: Any
) -> int:
    """A message's file of the first account; its id."""
    (tmp_path / "given").write_bytes(content)
    stored = await runtime.storage.put(chunks_of(tmp_path / "given"), limit=2**30)
    async with runtime.database.transaction() as session:
        chat = await add(
            session, Conversation(account_id=1, channel="whatsapp", arrived_at=now, created_at=now)
        )
        message = await add(
            session,
            Message(
                account_id=1,
                conversation_id=chat.id,
                direction=Direction.IN,
                kind=MessageKind.IMAGE,
                sent_at=now,
                created_at=now,
            ),
        )
        told: dict[str, Any] = {"state": MediaState.READY, "content_type": "image/jpeg"} | given
        row = Media(
            account_id=1,
            message_id=message.id,
            provider_media_id="77",
            sha256=stored.sha256,
            size=stored.size,
            created_at=now,
            **told,
        )
        return (await add(session, row)).id
