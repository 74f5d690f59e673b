"""`bin/inbox import ical`: a home's stays from a portal's calendar (A4)."""

from pathlib import Path
from typing import NamedTuple

import click
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.cli.operate import Answer, account_option, operate
from inbox_app.domain.calendars.addresses import cleaned_address
from inbox_app.domain.calendars.parse import MAX_BYTES, read_calendar
from inbox_app.domain.calendars.told import CalendarError, CalendarProblem, ReadCalendar
from inbox_app.models import Accommodation, StayCalendar
from inbox_app.public_addresses.problems import PublicAddressError, PublicAddressProblem
from inbox_app.runtime import Runtime
from inbox_app.services.calendars.apply_calendar import Applied
from inbox_app.services.calendars.write_calendar import (
    CalendarTakenError,
    TooManyCalendarsError,
    add_address,
)
from inbox_app.workflows.read_calendars import fetch_calendar, read_file, read_now

_WHY = {
    PublicAddressProblem.NOT_HTTPS: "The address is not https.",
    PublicAddressProblem.NOT_PUBLIC: "The address leads to a private network.",
    PublicAddressProblem.UNKNOWN_HOST: "There is no such site.",
    PublicAddressProblem.UNTRUSTED: "The site's certificate is not valid.",
    PublicAddressProblem.TOO_LARGE: "The calendar is larger than 5 MB.",
    CalendarProblem.REFUSED: "The portal does not know the address.",
    CalendarProblem.NOT_A_CALENDAR: "This is no calendar in iCal's format.",
    CalendarProblem.CUT_SHORT: "The calendar is incomplete: nothing was changed.",
    CalendarProblem.TOO_MANY: "The calendar has more than 5,000 entries.",
}
_OTHERWISE = "Whoever keeps the calendar could not answer: try again."


class _Home(NamedTuple):
    account_id: int
    id: int
    zone: str


@click.command()
@click.argument("source", metavar="FILE-or-https-URL")
@account_option
@click.option("--accommodation", "key", required=True, metavar="EXTERNAL-ID")
@click.option("--dry-run", is_flag=True, help="Say what is in it; nothing is kept.")
def ical(source: str, account_id: int, key: str, dry_run: bool) -> Answer:
    """Read a calendar; an address is kept, and read again every ten minutes."""
    path = Path(source)
    data = _read(path) if path.is_file() else None

    async def do(runtime: Runtime) -> Answer:
        home = await _home(runtime, account_id, key)
        try:
            if data is not None:
                return await _file(runtime, home, path.name, data, dry_run=dry_run)
            return await _address(runtime, home, cleaned_address(source), dry_run=dry_run)
        except (CalendarError, PublicAddressError) as error:
            raise click.ClickException(_WHY.get(error.problem, _OTHERWISE)) from None
        except TooManyCalendarsError:
            raise click.ClickException("The accommodation has 20 calendars already.") from None
        except CalendarTakenError as taken:
            raise click.ClickException(f"The address is read for {taken.home} already.") from None

    return operate(do)


async def _home(runtime: Runtime, account_id: int, key: str) -> _Home:
    query = select(Accommodation.id, Accommodation.timezone).where(
        col(Accommodation.account_id) == account_id,
        col(Accommodation.external_id) == key,
        col(Accommodation.archived_at).is_(None),
    )
    async with runtime.database.reading() as session:
        found = (await session.exec(query)).one_or_none()
    if found is None:
        raise click.ClickException("The account has no accommodation with this key.")
    return _Home(account_id, *found)


def _read(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise click.ClickException(_WHY[PublicAddressProblem.TOO_LARGE])
    return path.read_bytes()


async def _file(runtime: Runtime, home: _Home, name: str, data: bytes, *, dry_run: bool) -> Answer:
    told = read_calendar(data, home.zone)
    if dry_run:
        return _answer(told, Applied())
    applied = await read_file(
        runtime,
        home.account_id,
        home.id,
        name,
        data,
        now=clock.now(),
        real_now=clock.real_now(),
    )
    return _answer(told, applied or Applied())


async def _address(runtime: Runtime, home: _Home, address: str, *, dry_run: bool) -> Answer:
    fetched = await fetch_calendar(runtime, address, home.zone)
    told, now = fetched.told or ReadCalendar((), 0, ""), clock.real_now()
    if dry_run:
        return _answer(told, Applied())
    async with runtime.database.transaction() as session:
        kept = await add_address(
            session,
            account_id=home.account_id,
            accommodation_id=home.id,
            address=address,
            now=now,
            vault=runtime.vault,
        )
    await read_now(runtime, home.account_id, kept.id, clock.now(), now)
    query = select(StayCalendar).where(
        col(StayCalendar.account_id) == home.account_id, col(StayCalendar.id) == kept.id
    )
    async with runtime.database.reading() as session:
        read = (await session.exec(query)).one()
    return _answer(told, Applied(read.created, read.changed, read.cancelled))


def _answer(told: ReadCalendar, applied: Applied) -> Answer:
    """As of other imports; `import undo` takes none back: a calendar is removed where it stands."""
    new = applied.created + applied.changed
    return {
        "import": None,
        "portal": told.portal,
        "stays": len(told.stays),
        "blocks": told.blocks,
        "created": applied.created,
        "updated": applied.changed,
        "cancelled": applied.cancelled,
        "unchanged": max(len(told.stays) - new, 0),
        "refused": [],
        "columns": {},
    }
