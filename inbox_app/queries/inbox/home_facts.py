"""What the right panel says of a home: facts at once, its codes when they are asked for (S3)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.saved_replies import SECRET, ReplyField, withholds_codes
from inbox_app.domain.stays import stays
from inbox_app.domain.stays.stays import StayPhase
from inbox_app.models import Accommodation, Reservation
from inbox_app.queries.inbox.rows import HomeFactRow
from inbox_app.vault import Vault

_LONG, _MANY_LINES = 140, 3


def home_facts(home: Accommodation, phase: StayPhase) -> list[HomeFactRow]:
    """Those that are known, in the order in which guests ask; of a code only that there is one, and
    that only if this stay's guests may be told."""
    known = {
        ReplyField.DOOR_CODE: home.door_code_encrypted,
        ReplyField.CHECK_IN_INSTRUCTIONS: home.check_in_instructions,
        ReplyField.WIFI_NAME: home.wifi_name,
        ReplyField.WIFI_PASSWORD: home.wifi_password_encrypted,
        ReplyField.PARKING: home.parking,
        ReplyField.HOUSE_RULES: home.house_rules,
    }
    hidden = SECRET if withholds_codes(phase) else frozenset[ReplyField]()
    return [_row(key, value) for key, value in known.items() if value and key not in hidden]


def has_codes(home: Accommodation) -> bool:
    """Whether anything that opens it is known."""
    return bool(home.door_code_encrypted or home.wifi_password_encrypted)


async def code_of(
    session: AsyncSession,
    account_id: int,
    reservation_id: int,
    key: ReplyField,
    now: datetime,
    vault: Vault,
) -> str:
    """What opens the home of a reservation; "" where it is not known, or not to be told."""
    query = (
        select(Reservation, Accommodation)
        .join(Accommodation, col(Accommodation.id) == col(Reservation.accommodation_id))
        .where(col(Reservation.account_id) == account_id, col(Reservation.id) == reservation_id)
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        return ""
    reservation, home = found
    if withholds_codes(stays.phase(reservation, stays.local_date(now, home.timezone))):
        return ""
    encrypted = {
        ReplyField.DOOR_CODE: home.door_code_encrypted,
        ReplyField.WIFI_PASSWORD: home.wifi_password_encrypted,
    }
    return vault.decrypt_or_none(encrypted.get(key)) or ""


def _row(key: ReplyField, value: str) -> HomeFactRow:
    secret = key in SECRET
    return HomeFactRow(
        key=key.value,
        value="" if secret else value,
        secret=secret,
        long=not secret and (len(value) > _LONG or value.count("\n") >= _MANY_LINES),
    )
