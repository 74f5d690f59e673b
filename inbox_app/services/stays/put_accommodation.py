"""Accommodations as the property-management system tells of them: put and archived (A3, S3)."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.stays.accommodations import AccommodationFacts
from inbox_app.models import Accommodation
from inbox_app.services import by_key
from inbox_app.vault import Vault

_AS_GIVEN = (
    *("name", "timezone", "address", "country", "check_in_time", "check_out_time"),
    *("check_in_instructions", "wifi_name", "parking", "house_rules"),
)


async def put_accommodation(
    session: AsyncSession,
    account_id: int,
    external_id: str,
    facts: AccommodationFacts,
    now: datetime,
    *,
    vault: Vault,
) -> bool:
    """Create or replace; True when created."""
    home = await by_key.find(session, Accommodation, account_id, external_id)
    created = home is None
    if home is None:
        home = Accommodation(
            account_id=account_id,
            external_id=external_id,
            name=facts.name,
            timezone=facts.timezone,
            created_at=now,
        )
    write_facts(home, facts, vault)
    home.archived_at = None
    session.add(home)
    await session.flush()
    return created


async def archive_accommodation(
    session: AsyncSession, account_id: int, external_id: str, now: datetime
) -> bool:
    """Out of the lists; its reservations keep it. False when there is no such accommodation."""
    return await by_key.archive(session, Accommodation, account_id, external_id, now)


def write_facts(home: Accommodation, facts: AccommodationFacts, vault: Vault) -> None:
    """They replace what was; what opens the home is encrypted."""
    home.sqlmodel_update({name: getattr(facts, name) or None for name in _AS_GIVEN})
    home.door_code_encrypted = vault.encrypt_or_none(facts.door_code)
    home.wifi_password_encrypted = vault.encrypt_or_none(facts.wifi_password)
