"""Reads calendars from whoever keeps them, and writes down what they tell (A4)."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import date, datetime
from random import SystemRandom

from cryptography.fernet import InvalidToken

from inbox_app.domain.calendars.parse import MAX_BYTES, read_calendar
from inbox_app.domain.calendars.told import CalendarError, CalendarProblem, ReadCalendar
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.stays.stays import local_date
from inbox_app.live import Change
from inbox_app.public_addresses.exchange import PublicAnswer, exchange
from inbox_app.public_addresses.problems import PublicAddressError
from inbox_app.queries.stays.calendars import zone_of
from inbox_app.runtime import Runtime
from inbox_app.services.calendars import read_in_turns
from inbox_app.services.calendars.apply_calendar import Applied
from inbox_app.services.calendars.read_in_turns import ReadingJob, Versions
from inbox_app.services.calendars.write_calendar import add_file

_log = logging.getLogger(__name__)
_WITHIN = 30.0
_AT_ONCE = 4
_ASKED_WITH = {
    "Accept": "text/calendar, */*;q=0.5",
    "User-Agent": "Mozilla/5.0 (compatible; UnifiedInbox/1.0; calendar)",
}
"""Some portals turn away programs that don't say what they are."""


_jitter = SystemRandom().random


@dataclass(frozen=True, slots=True)
class Fetched:
    """``told`` is None when it is as it was."""

    told: ReadCalendar | None
    versions: Versions


async def read_due(runtime: Runtime, now: datetime, real_now: datetime) -> int:
    """All whose turn it is, a few at once; how many. `now` is the domain's time."""
    done = 0
    while True:
        async with runtime.database.transaction() as session:
            jobs = await read_in_turns.claim_due(session, real_now, _AT_ONCE)
        await asyncio.gather(*(_try(runtime, job, now, real_now) for job in jobs))
        done += len(jobs)
        if len(jobs) < _AT_ONCE:
            return done


async def read_now(
    runtime: Runtime, account_id: int, calendar_id: int, now: datetime, real_now: datetime
) -> None:
    """This one at once; what came of it is with the calendar."""
    async with runtime.database.transaction() as session:
        job = await read_in_turns.claim(session, account_id, calendar_id, real_now)
    if job is not None:
        await _read(runtime, job, now, real_now)


async def read_file(
    runtime: Runtime,
    account_id: int,
    accommodation_id: int,
    name: str,
    data: bytes,
    *,
    now: datetime,
    real_now: datetime,
) -> Applied | None:
    """A calendar that somebody uploads for a home; what changed, None when it was taken away
    meanwhile.

    Raises ``CalendarError``, ``NotFoundError`` and ``TooManyCalendarsError``.
    """
    async with runtime.database.reading() as session:
        zone = await zone_of(session, account_id, accommodation_id)
    if zone is None:
        raise NotFoundError
    told = await asyncio.to_thread(read_calendar, data, zone)
    async with runtime.database.transaction() as session:
        calendar = await add_file(
            session,
            account_id=account_id,
            accommodation_id=accommodation_id,
            portal=told.portal,
            name=name,
            now=real_now,
        )
        applied = await read_in_turns.record_calendar(
            session,
            account_id,
            calendar.id,
            told,
            versions=Versions(),
            today=local_date(now, zone),
            now=real_now,
            jitter=0.0,
        )
    runtime.live.publish(Change(account_id))
    return applied


async def fetch_calendar(
    runtime: Runtime, address: str, zone: str, known: Versions | None = None
) -> Fetched:
    """Ask whoever keeps it; nothing is written down.

    Raises ``CalendarError`` and ``PublicAddressError``.
    """
    known = known or Versions()
    asked_if = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    answer = await exchange(
        runtime.public,
        "GET",
        address,
        headers=_ASKED_WITH | {name: value for name, value in asked_if.items() if value},
        redirects=True,
        at_most=MAX_BYTES,
        within=_WITHIN,
    )
    if answer.status == 304:
        return Fetched(None, known)
    told = await asyncio.to_thread(read_calendar, _body(answer), zone, address)
    found = (answer.headers.get(name) for name in ("etag", "last-modified"))
    return Fetched(told, Versions(*found))


def _body(answer: PublicAnswer) -> bytes:
    match answer.status:
        case 200:
            return answer.body
        case 401 | 403 | 404 | 410:
            raise CalendarError(CalendarProblem.REFUSED)
        case _:
            raise CalendarError(CalendarProblem.IN_TROUBLE)


async def _try(runtime: Runtime, job: ReadingJob, now: datetime, real_now: datetime) -> None:
    """One that brings us down must not take the others along; its claim ends by itself."""
    try:
        await _read(runtime, job, now, real_now)
    except Exception:
        _log.exception("calendar %d was not read", job.calendar_id)


async def _read(runtime: Runtime, job: ReadingJob, now: datetime, real_now: datetime) -> None:
    try:
        address = runtime.vault.decrypt(job.address_encrypted)
        known = Versions(job.etag, job.last_modified)
        fetched = await fetch_calendar(runtime, address, job.zone, known)
    except (CalendarError, PublicAddressError) as error:
        problem = error.problem.value
    except InvalidToken:
        problem = CalendarProblem.UNREADABLE_KEY.value
    else:
        await _record(runtime, job, fetched, local_date(now, job.zone), real_now)
        return
    async with runtime.database.transaction() as session:
        await read_in_turns.record_failure(
            session, job.account_id, job.calendar_id, problem, real_now, _jitter()
        )


async def _record(
    runtime: Runtime, job: ReadingJob, fetched: Fetched, today: date, real_now: datetime
) -> None:
    of, applied = (job.account_id, job.calendar_id), None
    async with runtime.database.transaction() as session:
        if fetched.told is None:
            await read_in_turns.record_unchanged(session, *of, real_now, _jitter())
        else:
            applied = await read_in_turns.record_calendar(
                session,
                *of,
                fetched.told,
                versions=fetched.versions,
                today=today,
                now=real_now,
                jitter=_jitter(),
            )
    if applied is not None and applied.is_news:
        runtime.live.publish(Change(job.account_id))
