"""The accommodations of an account: those that are sought, and all that is known of one (S3)."""

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.search_terms import folded
from inbox_app.domain.saved_replies import ReplyField
from inbox_app.domain.stays.accommodations import AccommodationFacts
from inbox_app.models import Accommodation
from inbox_app.queries.stays.rows import AccommodationCounts, AccommodationRow
from inbox_app.vault import Vault


async def found(
    session: AsyncSession, account_id: int, *, words: str = "", archived: bool = False, limit: int
) -> list[AccommodationRow]:
    """Those with the words in name, address or key, by name; accents and case don't matter."""
    query = select(
        Accommodation.id, Accommodation.name, Accommodation.address, Accommodation.external_id
    ).where(
        col(Accommodation.account_id) == account_id,
        col(Accommodation.archived_at).is_not(None)
        if archived
        else col(Accommodation.archived_at).is_(None),
    )
    wanted = folded(words).split()
    named = [
        (folded(name), id_)
        for id_, name, address, key in await session.exec(query)
        if all(word in folded(f"{name} {address or ''} {key or ''}") for word in wanted)
    ]
    return await _rows(session, account_id, [id_ for _, id_ in sorted(named)[:limit]])


async def counts(session: AsyncSession, account_id: int) -> AccommodationCounts:
    """How many are in the list, and how many in the archive."""
    query = select(func.count(), func.count(col(Accommodation.archived_at))).where(
        col(Accommodation.account_id) == account_id
    )
    total, archived = (await session.exec(query)).one()
    return AccommodationCounts(listed=total - archived, archived=archived)


async def facts_of(
    session: AsyncSession, account_id: int, accommodation_id: int, vault: Vault
) -> tuple[AccommodationFacts, str] | None:
    """All that is known of one, archived or not, and its key, "" for none; None when this account
    has none such."""
    query = select(Accommodation).where(
        col(Accommodation.id) == accommodation_id, col(Accommodation.account_id) == account_id
    )
    home = (await session.exec(query)).one_or_none()
    return (_facts(home, vault), home.external_id or "") if home else None


async def _rows(session: AsyncSession, account_id: int, ids: list[int]) -> list[AccommodationRow]:
    query = select(Accommodation).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.id).in_(ids)
    )
    homes = {home.id: home for home in await session.exec(query)}
    return [_row(homes[id_]) for id_ in ids]


def _row(home: Accommodation) -> AccommodationRow:
    known = {
        ReplyField.ADDRESS: home.address,
        ReplyField.CHECK_IN_INSTRUCTIONS: home.check_in_instructions,
        ReplyField.DOOR_CODE: home.door_code_encrypted,
        ReplyField.WIFI_PASSWORD: home.wifi_password_encrypted,
        ReplyField.PARKING: home.parking,
        ReplyField.HOUSE_RULES: home.house_rules,
    }
    return AccommodationRow(
        id=str(home.id),
        name=home.name,
        address=home.address or "",
        check_in_time=home.check_in_time or "",
        check_out_time=home.check_out_time or "",
        missing=[field.value for field, value in known.items() if not value],
    )


def _facts(home: Accommodation, vault: Vault) -> AccommodationFacts:
    return AccommodationFacts(
        name=home.name,
        timezone=home.timezone,
        address=home.address,
        country=home.country,
        check_in_time=home.check_in_time,
        check_out_time=home.check_out_time,
        check_in_instructions=home.check_in_instructions,
        door_code=vault.decrypt_or_none(home.door_code_encrypted),
        wifi_name=home.wifi_name,
        wifi_password=vault.decrypt_or_none(home.wifi_password_encrypted),
        parking=home.parking,
        house_rules=home.house_rules,
    )
