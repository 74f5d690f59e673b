"""Files that are sent in tests: put into the storage, queued, and counted at Meta's."""

import json
from typing import Any

from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.domain.messages import MessageKind, Origin
from inbox_app.services.sending.send_file import queue_file
from tests.storage.pieces import given
from tests.support.outbox import SendHarness


async def queue(
    harness: SendHarness,
    conversation_id: int,
    what: tuple[MessageKind, str, str, bytes],
    caption: str = "",
) -> int:
    kind, content_type, filename, content = what
    stored = await harness.runtime.storage.put(given([content]), limit=10**8)
    file = OutgoingFile(
        kind=kind,
        content_type=content_type,
        filename=filename,
        sha256=stored.sha256,
        size=stored.size,
    )
    async with harness.database.transaction() as session:
        message = await queue_file(
            session,
            file,
            account_id=harness.world.account_id,
            conversation_id=conversation_id,
            caption=caption,
            author_id=harness.world.marta_id,
            origin=Origin.PM,
            client_ref=None,
            now=harness.clock.now(),
        )
    return message.id


def uploads(harness: SendHarness) -> int:
    return sum(call.url.path.endswith("/media") for call in harness.meta.wire.calls)


def sent(harness: SendHarness) -> list[dict[str, Any]]:
    calls = [call for call in harness.meta.wire.calls if call.url.path.endswith("/messages")]
    return [json.loads(call.content) for call in calls]
