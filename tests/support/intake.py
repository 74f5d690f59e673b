"""A runtime that only keeps and understands events, and looks at what came of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

import httpx
from sqlmodel import SQLModel, col, select

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.config.settings import Settings
from inbox_app.database import Database
from inbox_app.jobs import process_webhooks
from inbox_app.live import Change, InProcess
from inbox_app.models import EventState, InboundEvent, Message
from inbox_app.runtime import Runtime
from inbox_app.services.intake import store_webhook
from inbox_app.services.intake.store_webhook import RawEvent
from inbox_app.storage import Storage
from inbox_app.vault import Vault

Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Inbox:
    """Hears what Meta posts. ``changes`` is what open pages were told."""

    database: Database
    runtime: Runtime
    changes: list[Change] = field(default_factory=list[Change])

    async def hear(self, *bodies: bytes, at: datetime) -> None:
        """Keep the bodies as received at ``at``, and understand everything that waits."""
        await self.keep(*bodies, at=at)
        await self.understand()

    async def keep(self, *bodies: bytes, at: datetime) -> None:
        """Have the bodies wait."""
        await store_webhook.store(
            self.database.append, WHATSAPP, [RawEvent(body, at) for body in bodies]
        )

    async def understand(self) -> None:
        """Drain the queue."""
        while await process_webhooks.drain_once(self.runtime):
            pass

    async def all(self, table: type[Row]) -> Sequence[Row]:
        """Every row, by id."""
        async with self.database.reading() as session:
            return (await session.exec(select(table).order_by(col(table.id)))).all()  # pyright: ignore[reportAttributeAccessIssue]

    async def only(self, table: type[Row]) -> Row:
        """The one row there is."""
        [row] = await self.all(table)
        return row

    async def states(self) -> list[EventState]:
        """What became of each event, in order of arrival."""
        return [event.state for event in await self.all(InboundEvent)]

    async def texts(self, conversation_id: int | None = None) -> list[str | None]:
        """The texts of all messages, or of one conversation's, in the order of the thread."""
        messages = [
            message
            for message in await self.all(Message)
            if conversation_id in {None, message.conversation_id}
        ]
        return [m.text for m in sorted(messages, key=lambda m: (m.sent_at, m.id))]


def open_inbox(database: Database) -> Inbox:
    """Without settings and without a way out: understanding needs neither."""
    runtime = Runtime(
        settings=cast("Settings", None),
        database=database,
        vault=cast("Vault", None),
        live=InProcess(),
        http=cast("httpx.AsyncClient", None),
        storage=cast("Storage", None),
    )
    inbox = Inbox(database, runtime)
    runtime.live.listen(inbox.changes.append)
    return inbox
