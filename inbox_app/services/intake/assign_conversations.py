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
    connection: AsyncConnection, arrivals: Sequence[InboundItem]
) -> list[InboundItem]:
    """Those whose message is not known yet, each once."""
    query = select(col(Message.connection_id), col(Message.provider_id)).where(
        col(Message.connection_id).in_({arrival.connection_id for arrival in arrivals})
    )
    provider_ids = {arrival.message.provider_id for arrival in arrivals}
    rows = await select_in(connection, query, col(Message.provider_id), provider_ids)
    known = {(row.connection_id, row.provider_id) for row in rows}
    first: dict[tuple[int, str], InboundItem] = {}
    for arrival in arrivals:
        if arrival.key not in known:
            first.setdefault(arrival.key, arrival)
    return list(first.values())


async def assign(
    connection: AsyncConnection, arrivals: Sequence[InboundItem], now: datetime
) -> int:
    """Give each its partner and conversation; returns how often ids were of two people."""
    book = await read_book(connection, {key for arrival in arrivals for key in _keys(arrival)})
    _identify(arrivals, book)
    await write_book(connection, book, now)
    partners = {arrival.partner: None for arrival in arrivals if arrival.partner is not None}
    conversations = await find_conversations(connection, partners, now)
    for arrival in arrivals:
        if arrival.partner is not None:
            arrival.conversation_id = conversations[arrival.partner]
    return book.conflicts


def _identify(arrivals: Sequence[InboundItem], book: AddressBook) -> None:
    """Changes of number or id come first: one may stand behind what the new id has written."""
    for arrival in arrivals:
        change = arrival.message.change
        if change is not None and _keys(arrival):
            arrival.partner = book.rename(arrival.account_id, change)
    for arrival in arrivals:
        if arrival.message.group_id is not None:
            arrival.partner = Group(arrival.account_id, arrival.message.group_id)
        elif arrival.partner is None:
            wrote = not arrival.written_by_us
            arrival.partner = book.find(arrival.account_id, arrival.other, wrote=wrote)


def _keys(arrival: InboundItem) -> list[AliasKey]:
    if arrival.message.change is not None:
        keys = keys_of_change(arrival.account_id, arrival.message.change)
        if keys:
            return keys
    return keys_of(arrival.account_id, arrival.other)
