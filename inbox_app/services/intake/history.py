"""Messages from before the connection: they stand in the thread by their time, and move a
conversation in the list only where nothing newer was said in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.reply_window import effective_inbound_at
from inbox_app.models import Conversation, Media, Message
from inbox_app.models.base import BigId, UtcDateTime
from inbox_app.services.bulk import insert_new, run_many, select_in
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.media_rows import media_rows
from inbox_app.services.intake.status_updates import ProviderKey
from inbox_app.services.search.index_messages import Said, index_messages


def latest_of_history(
    items: Sequence[InboundItem], ids: Mapping[ProviderKey, int]
) -> list[dict[str, Any]]:
    """By conversation, for ``SET_DOWN``: the last thing that was said."""
    latest: dict[int, dict[str, Any]] = {}
    for item in items:
        if not item.message.old:
            continue
        at = effective_inbound_at(item.message.sent_at, item.received_at).replace(microsecond=0)
        place = (at, ids[item.key])
        found = latest.get(item.conversation_id)
        if found is None or (found["said_at"], found["said"]) < place:
            latest[item.conversation_id] = {
                "conversation": item.conversation_id,
                "said": ids[item.key],
                "said_at": at,
            }
    return list(latest.values())


_SAID, _SAID_AT = bindparam("said", type_=BigId), bindparam("said_at", type_=UtcDateTime())
_LAST = col(Conversation.last_message_id)
_LAST_SAID_AT = (
    select(col(Message.sent_at)).where(
        col(Message.id) == _LAST, col(Message.account_id) == col(Conversation.account_id)
    )
).scalar_subquery()
_ARRIVED = col(Conversation.arrived_at)

SET_DOWN = (
    update(Conversation)
    .where(
        col(Conversation.id) == bindparam("conversation"),
        or_(_LAST.is_(None), _LAST_SAID_AT <= _SAID_AT),
    )
    .values(
        last_message_id=_SAID,
        arrived_at=case(
            (_LAST.is_(None), _SAID_AT), (_ARRIVED < _SAID_AT, _SAID_AT), else_=_ARRIVED
        ),
    )
)


async def fill_in(
    connection: AsyncConnection, items: Sequence[InboundItem], now: datetime
) -> list[InboundItem]:
    """Put the files that came later in the place of those that stood for them; those that did."""
    told = {item.key: item for item in items if item.message.old and item.message.file}
    query = _PLACEHOLDERS.where(
        col(Message.connection_id).in_({connection_id for connection_id, _ in told})
    )
    provider_ids = {provider_id for _, provider_id in told}
    rows = await select_in(connection, query, col(Message.provider_id), provider_ids)
    ids: dict[ProviderKey, int] = {}
    filled: list[InboundItem] = []
    for row in rows:
        item = told.get((row.connection_id, row.provider_id))
        if item is not None:
            item.conversation_id = row.conversation_id
            ids[item.key] = row.id
            filled.append(item)
    await run_many(connection, _FILL, [_filled(item, ids[item.key]) for item in filled])
    await insert_new(connection, Media, list(media_rows(filled, ids, now)), col(Media.id))
    said = [Said(ids[item.key], item.account_id, item.message.text) for item in filled]
    await index_messages(connection, said)
    return filled


def _filled(item: InboundItem, message_id: int) -> dict[str, Any]:
    return {
        "message": message_id,
        "now_is": item.message.kind,
        "now_says": item.message.text,
        "with_details": item.message.details,
    }


_PLACEHOLDERS = select(
    col(Message.id),
    col(Message.connection_id),
    col(Message.conversation_id),
    col(Message.provider_id),
).where(col(Message.awaits_file).is_(True))

_FILL = (
    update(Message)
    .where(col(Message.id) == bindparam("message"))
    .values(
        kind=bindparam("now_is"),
        text=bindparam("now_says"),
        details=bindparam("with_details"),
        unsupported_type=None,
        awaits_file=False,
    )
)
