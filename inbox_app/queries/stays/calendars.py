"""The calendars of a home, as its editor shows them (A4)."""

from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.calendars.told import ReadCalendar
from inbox_app.domain.messages import clean_line
from inbox_app.domain.stays.stays import NOBODY_COMES
from inbox_app.models import Accommodation, StayCalendar
from inbox_app.queries.stays.rows import CalendarLookRow, CalendarRow, ToldStayRow
from inbox_app.web import millis

_FIRST = 4
_LONGEST = 60


async def calendars_of(
    session: AsyncSession, account_id: int, accommodation_id: int
) -> list[CalendarRow]:
    """In the order in which they were given."""
    query = select(StayCalendar).where(
        col(StayCalendar.account_id) == account_id,
        col(StayCalendar.accommodation_id) == accommodation_id,
    )
    found = await session.exec(query.order_by(col(StayCalendar.id)))
    return [_row(calendar) for calendar in found]


async def zone_of(session: AsyncSession, account_id: int, accommodation_id: int) -> str | None:
    """The home's (IANA); None when the account has none such."""
    query = select(Accommodation.timezone).where(
        col(Accommodation.account_id) == account_id, col(Accommodation.id) == accommodation_id
    )
    return (await session.exec(query)).one_or_none()


def look_at(ref: str, told: ReadCalendar, today: date) -> CalendarLookRow:
    """What it would bring: the stays that are not over."""
    coming = [
        stay for stay in told.stays if stay.check_out >= today and stay.status not in NOBODY_COMES
    ]
    first = [
        ToldStayRow(
            uid=str(number),
            check_in=stay.check_in.isoformat(),
            check_out=stay.check_out.isoformat(),
            name=clean_line(stay.guest_name, _LONGEST),
            code=clean_line(stay.code, _LONGEST),
        )
        for number, stay in enumerate(coming[:_FIRST])
    ]
    return CalendarLookRow(
        ref=ref,
        portal=told.portal,
        stays=len(coming),
        blocks=told.blocks,
        first=first,
        problem="",
        home="",
    )


def no_look(ref: str = "", problem: str = "", home: str = "") -> CalendarLookRow:
    """Nothing was found, or nothing was looked for."""
    return CalendarLookRow(
        ref=ref, portal="", stays=0, blocks=0, first=[], problem=problem, home=home
    )


def _row(calendar: StayCalendar) -> CalendarRow:
    return CalendarRow(
        id=str(calendar.id),
        label=clean_line(calendar.label, _LONGEST),
        portal=calendar.portal,
        is_file=calendar.address_encrypted is None,
        read_at=millis(calendar.read_at),
        tried_at=millis(calendar.tried_at),
        problem=calendar.problem,
        stays=calendar.stays,
        blocks=calendar.blocks,
        created=calendar.created,
        changed=calendar.changed,
        cancelled=calendar.cancelled,
    )
