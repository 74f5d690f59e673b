"""Reading the people behind some ids from the database, and writing down what became of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, label, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.channels.base import Channel
from inbox_app.domain.errors import RacedError
from inbox_app.models import Address, AddressAlias
from inbox_app.services.bulk import insert_new, run_many, select_in
from inbox_app.services.intake.address_book import AddressBook, AliasKey, Person, keys_of
from inbox_app.services.search.index_addresses import index_addresses


async def of_address(
    connection: AsyncConnection, account_id: int, channel: Channel, address: str, now: datetime
) -> Person:
    """Whom an address means, written down if new. Raises ``RacedError`` as ``write_book`` does."""
    contact = channel.contact(address)
    book = await read_book(connection, keys_of(account_id, channel.key, contact))
    person = book.find(account_id, channel.key, contact, wrote=False)
    await write_book(connection, book, now)
    return person


async def read_book(connection: AsyncConnection, keys: Collection[AliasKey]) -> AddressBook:
    """Everybody whom one of the keys means."""
    rows = await select_in(
        connection,
        _ALIASES.where(col(AddressAlias.account_id).in_({key.account_id for key in keys})),
        col(AddressAlias.value),
        {key.value for key in keys},
    )
    people: dict[int, Person] = {}
    known: dict[AliasKey, Person] = {}
    for row in rows:
        person = people.setdefault(row.id, _person(row))
        known[AliasKey(row.account_id, row.channel, row.kind, row.alias)] = person
    return AddressBook(known)


async def write_book(connection: AsyncConnection, book: AddressBook, now: datetime) -> None:
    """From here on everybody in the book has an id.

    Raises:
        RacedError: somebody else has just written one of the same ids.
    """
    await _write_new(connection, [person for person in book.people if not person.id], now)
    await run_many(
        connection, _UPDATE, [_new_values(person) for person in book.people if person.changed]
    )
    for key in book.let_go:
        await connection.execute(_DELETE_ALIAS, _where(key))
    rows = [_alias(key, person) for key, person in book.added.items()]
    written = await insert_new(connection, AddressAlias, rows, col(AddressAlias.id))
    if len(written) < len(rows):
        raise RacedError
    await index_addresses(connection, [person for person in book.people if person.unsearched])


async def _write_new(connection: AsyncConnection, people: Sequence[Person], now: datetime) -> None:
    """An id means one person only: the ids that a row has tell whose it is."""
    if not people:
        return
    rows = [_address(person) | {"created_at": now} for person in people]
    by_ids = {
        (person.account_id, person.channel, person.address, person.external_id): person
        for person in people
    }
    for row in await connection.execute(insert(Address).returning(*_IDS), rows):
        person = by_ids[row.account_id, row.channel, row.value, row.external_id]
        person.id, person.changed = row.id, False


_IDS = (
    col(Address.id),
    col(Address.account_id),
    col(Address.channel),
    col(Address.value),
    col(Address.external_id),
)

_ALIASES = select(
    *_IDS,
    col(Address.username),
    col(Address.profile_name),
    col(AddressAlias.kind),
    label("alias", col(AddressAlias.value)),
).join(AddressAlias, col(AddressAlias.address_id) == col(Address.id))

_UPDATE = (
    update(Address)
    .where(col(Address.id) == bindparam("address"))
    .values(
        value=bindparam("new_value"),
        external_id=bindparam("new_external_id"),
        username=bindparam("new_username"),
        profile_name=bindparam("new_profile_name"),
    )
)

_DELETE_ALIAS = delete(AddressAlias).where(
    col(AddressAlias.account_id) == bindparam("account"),
    col(AddressAlias.channel) == bindparam("of_channel"),
    col(AddressAlias.kind) == bindparam("of_kind"),
    col(AddressAlias.value) == bindparam("id_value"),
)


def _person(row: Any) -> Person:
    return Person(
        account_id=row.account_id,
        channel=row.channel,
        id=row.id,
        address=row.value,
        external_id=row.external_id,
        username=row.username,
        profile_name=row.profile_name,
    )


def _address(person: Person) -> dict[str, Any]:
    return {
        "account_id": person.account_id,
        "channel": person.channel,
        "value": person.address,
        "external_id": person.external_id,
        "username": person.username,
        "profile_name": person.profile_name,
    }


def _new_values(person: Person) -> dict[str, Any]:
    return {
        "address": person.id,
        "new_value": person.address,
        "new_external_id": person.external_id,
        "new_username": person.username,
        "new_profile_name": person.profile_name,
    }


def _alias(key: AliasKey, person: Person) -> dict[str, Any]:
    return {
        "account_id": key.account_id,
        "address_id": person.id,
        "channel": key.channel,
        "kind": key.kind,
        "value": key.value,
    }


def _where(key: AliasKey) -> dict[str, Any]:
    return {
        "account": key.account_id,
        "of_channel": key.channel,
        "of_kind": key.kind,
        "id_value": key.value,
    }
