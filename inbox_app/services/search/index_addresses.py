"""What people on a channel are found by while nobody has said who they are (P5)."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from inbox_app.domain.people import search_terms
from inbox_app.models import AddressTerm
from inbox_app.services.bulk import insert_new
from inbox_app.services.intake.address_book import Person


async def index_addresses(connection: AsyncConnection, people: Iterable[Person]) -> None:
    """Have them found by the names that they chose and their new numbers; what they were called
    before goes on finding them."""
    rows = [row for person in people for row in _rows(person)]
    await insert_new(connection, AddressTerm, rows, col(AddressTerm.address_id))


def _rows(person: Person) -> Iterator[dict[str, Any]]:
    numbers = [(number, number) for number in sorted(person.new_numbers)]
    found = search_terms.terms(person.profile_name or "", None, numbers)
    if person.username:
        found |= search_terms.terms(person.username, None, ())
    for term in sorted(found):
        yield {"account_id": person.account_id, "term": term, "address_id": person.id}
