"""Finding the conversation that each message belongs to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.models import Message
from inbox_app.services.bulk import select_in
from inbox_app.services.intake.address_book import AddressBook, AliasKey, keys_of, keys_of_change
from inbox_app.services.intake.find_address import read_book, write_book
from inbox_app.services.intake.find_conversation import Group, find_conversations
from inbox_app.services.intake.inbound_item import InboundItem


async def leave_out_known(
    connection: AsyncConnection, items: Sequence[InboundItem]
) -> list[InboundItem]:
    """Those whose message is not known yet, each once."""
    query = select(col(Message.connection_id), col(Message.provider_id)).where(
        col(Message.connection_id).in_({item.connection_id for item in items})
    )
    provider_ids = {item.message.provider_id for item in items}
    rows = await select_in(connection, query, col(Message.provider_id), provider_ids)
    known = {(row.connection_id, row.provider_id) for row in rows}
    first: dict[tuple[int, str], InboundItem] = {}
    for item in items:
        if item.key not in known:
            first.setdefault(item.key, item)
    return list(first.values())


async def assign(connection: AsyncConnection, items: Sequence[InboundItem], now: datetime) -> int:
    """Give each its partner and conversation; returns how often ids were of two people."""
    book = await read_book(connection, {key for item in items for key in _keys(item)})
    _identify(items, book)
    await write_book(connection, book, now)
    partners = {item.partner: None for item in items if item.partner is not None}
    conversations = await find_conversations(connection, partners, now)
    for item in items:
        if item.partner is not None:
            item.conversation_id = conversations[item.partner]
    return book.conflicts


def _identify(items: Sequence[InboundItem], book: AddressBook) -> None:
    """Changes of address or id come first: one may stand behind what the new id has written."""
    for item in items:
        change = item.message.change
        if change is not None and _keys(item):
            item.partner = book.rename(item.account_id, item.channel, change)
    for item in items:
        message = item.message
        if message.group_id is not None:
            item.partner = Group(item.account_id, item.channel, message.group_id)
        elif item.partner is None:
            wrote = not message.by_us
            item.partner = book.find(item.account_id, item.channel, message.contact, wrote=wrote)


def _keys(item: InboundItem) -> list[AliasKey]:
    if item.message.change is not None:
        keys = keys_of_change(item.account_id, item.channel, item.message.change)
        if keys:
            return keys
    return keys_of(item.account_id, item.channel, item.message.contact)
