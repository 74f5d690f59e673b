"""Accommodations as the HTTP API shows them."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Accommodation
from inbox_app.queries.api.pages import page_by_key
from inbox_app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class AccommodationOut:
    """A home, with what guests are told of it; times are local."""

    external_id: str
    name: str
    timezone: str
    address: str | None
    country: str | None
    check_in_time: str | None
    check_out_time: str | None
    check_in_instructions: str | None
    door_code: str | None
    wifi_name: str | None
    wifi_password: str | None
    parking: str | None
    house_rules: str | None
    archived: bool


async def accommodations(
    session: AsyncSession, account_id: int, *, limit: int, after: int | None, vault: Vault
) -> tuple[list[AccommodationOut], int | None]:
    """A page of those that have a key and are not archived, and where the next begins."""
    ours = select(Accommodation).where(col(Accommodation.account_id) == account_id)
    page, more = await page_by_key(session, ours, Accommodation, limit=limit, after=after)
    return [_out(home, vault) for home in page], more


async def accommodation(
    session: AsyncSession, account_id: int, external_id: str, *, vault: Vault
) -> AccommodationOut | None:
    """The one with this key, archived or not; None when this account has none."""
    query = select(Accommodation).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.external_id) == external_id
    )
    found = (await session.exec(query)).one_or_none()
    return found and _out(found, vault)


def _out(home: Accommodation, vault: Vault) -> AccommodationOut:
    return AccommodationOut(
        external_id=home.external_id or "",
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
        archived=home.archived_at is not None,
    )
