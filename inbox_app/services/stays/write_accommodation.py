"""Accommodations as property managers write them: by hand, by our own id (A3, S3)."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.stays import accommodations
from inbox_app.domain.stays.accommodations import AccommodationFacts, AccommodationProblem
from inbox_app.models import Accommodation
from inbox_app.services.stays.put_accommodation import write_facts
from inbox_app.vault import Vault


class AccommodationRefusedError(Exception):
    """It cannot be kept as it is written: ``problem`` says why."""

    def __init__(self, problem: AccommodationProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def create_accommodation(
    session: AsyncSession,
    account_id: int,
    facts: AccommodationFacts,
    external_id: str,
    now: datetime,
    *,
    vault: Vault,
) -> Accommodation:
    """``external_id`` is the property-management system's key of it, "" for none. Raises
    ``AccommodationRefusedError``."""
    home = Accommodation(
        account_id=account_id, name=facts.name, timezone=facts.timezone, created_at=now
    )
    return await _write(session, home, facts, external_id, vault)


async def replace_accommodation(
    session: AsyncSession,
    account_id: int,
    accommodation_id: int,
    facts: AccommodationFacts,
    external_id: str,
    *,
    vault: Vault,
) -> Accommodation:
    """Raises ``NotFoundError`` and ``AccommodationRefusedError``."""
    home = await _find(session, account_id, accommodation_id)
    return await _write(session, home, facts, external_id, vault)


async def archive_or_restore(
    session: AsyncSession, account_id: int, accommodation_id: int, archived_at: datetime | None
) -> None:
    """Out of the list or, by None, into it again; its reservations keep it. Raises
    ``NotFoundError``."""
    home = await _find(session, account_id, accommodation_id)
    home.archived_at = archived_at
    session.add(home)


async def _write(
    session: AsyncSession,
    home: Accommodation,
    facts: AccommodationFacts,
    external_id: str,
    vault: Vault,
) -> Accommodation:
    if (problem := accommodations.problem(facts, external_id)) is not None:
        raise AccommodationRefusedError(problem)
    try:
        async with session.begin_nested():
            write_facts(home, accommodations.cleaned(facts), vault)
            home.external_id = clean_line(external_id) or None
            session.add(home)
            await session.flush()
    except IntegrityError:
        raise AccommodationRefusedError(AccommodationProblem.KEY_TAKEN) from None
    return home


async def _find(session: AsyncSession, account_id: int, accommodation_id: int) -> Accommodation:
    query = select(Accommodation).where(
        col(Accommodation.id) == accommodation_id, col(Accommodation.account_id) == account_id
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise NotFoundError
    return found
