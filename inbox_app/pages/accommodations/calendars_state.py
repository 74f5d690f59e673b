"""The calendars of the home that is being written: looked into, kept, read at once (A4)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from inbox_app import clock
from inbox_app.domain.calendars.addresses import cleaned_address
from inbox_app.domain.calendars.told import CalendarError
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.stays.stays import local_date
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.public_addresses.address import LONGEST
from inbox_app.public_addresses.problems import PublicAddressError
from inbox_app.queries.stays.calendars import calendars_of, look_at, no_look, zone_of
from inbox_app.queries.stays.rows import CalendarLookRow, CalendarRow
from inbox_app.runtime import current_runtime
from inbox_app.services.calendars.write_calendar import (
    CalendarTakenError,
    TooManyCalendarsError,
    add_address,
    remove_calendar,
)
from inbox_app.workflows.read_calendars import fetch_calendar, read_now

TAKEN, TOO_MANY, GONE = "taken", "too_many_calendars", "gone"
_LONGEST_REF = 100


class CalendarsState(rx.State):
    """No address ever stands in it: the page keeps what was typed, and sends it with its `ref`."""

    home: rx.Field[str] = rx.field("")
    """Whose `rows` are."""
    rows: rx.Field[list[CalendarRow]] = rx.field(default_factory=list)
    look: rx.Field[CalendarLookRow] = rx.field(default_factory=no_look)
    """The latest, with the ref of who asked."""
    added_ref: rx.Field[str] = rx.field("")
    reading: rx.Field[str] = rx.field("")
    """The id of the calendar that is being read, or the ref of a look."""

    @rx.event
    async def open(self, accommodation: str) -> None:
        """Show those of this home."""
        who, id_ = await signed_in(self), untrusted.row_id(accommodation)
        if who is not None:
            await self._show(who, id_)

    @rx.event(background=True)
    async def look_into(self, accommodation: str, address: str, ref: str) -> None:
        """Read what is behind an address; nothing is kept."""
        asked, id_ = untrusted.text(ref, _LONGEST_REF) or "", untrusted.row_id(accommodation)
        given = cleaned_address(untrusted.text(address, LONGEST) or "")
        async with self._while_reading(asked) as who:
            if who is None or id_ is None:
                return
            look = await _looked(who, id_, given, asked)
            async with self:
                self.look = look

    @rx.event(background=True)
    async def add(self, accommodation: str, address: str, ref: str) -> None:
        """Keep an address, and read it."""
        asked, id_ = untrusted.text(ref, _LONGEST_REF) or "", untrusted.row_id(accommodation)
        given = cleaned_address(untrusted.text(address, LONGEST) or "")
        async with self._while_reading(asked) as who:
            if who is None or id_ is None:
                return
            look = await _added(who, id_, given, asked)
            async with self:
                set_changed(self, look=look, added_ref="" if look["problem"] else asked)
                await self._show(who, id_)

    @rx.event(background=True)
    async def read(self, calendar: str) -> None:
        """Read one that is kept, at once."""
        id_ = untrusted.row_id(calendar)
        async with self._while_reading(str(id_)) as who:
            if who is None or id_ is None:
                return
            real_now = clock.real_now()
            await read_now(current_runtime(), who.account_id, id_, clock.now(), real_now)
            async with self:
                await self._show(who, untrusted.row_id(self.home))

    @rx.event
    async def remove(self, calendar: str) -> None:
        """Read it no more; its stays to come go with it."""
        who, id_ = await signed_in(self), untrusted.row_id(calendar)
        if who is None or id_ is None:
            return
        runtime = current_runtime()
        try:
            async with runtime.database.transaction() as session:
                await remove_calendar(session, who.account_id, id_, clock.real_now())
        except NotFoundError:
            pass  # somebody else was quicker
        runtime.live.publish(Change(who.account_id))
        await self._show(who, untrusted.row_id(self.home))

    @asynccontextmanager
    async def _while_reading(self, what: str) -> AsyncIterator[SignedIn | None]:
        """Who asks; None for nobody, and while they are at it: it may take half a minute."""
        async with self:
            who = await signed_in(self)
            begins = who is not None and not self.reading
            self.reading = what if begins else self.reading
        try:
            yield who if begins else None
        finally:
            if begins:
                async with self:
                    self.reading = ""

    async def _show(self, who: SignedIn, accommodation_id: int | None) -> None:
        rows: list[CalendarRow] = []
        if accommodation_id is not None:
            async with current_runtime().database.reading() as session:
                rows = await calendars_of(session, who.account_id, accommodation_id)
        set_changed(self, home=str(accommodation_id or ""), rows=rows)


async def _looked(who: SignedIn, accommodation_id: int, address: str, ref: str) -> CalendarLookRow:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        zone = await zone_of(session, who.account_id, accommodation_id)
    if zone is None:
        return no_look(ref, GONE)
    try:
        fetched = await fetch_calendar(runtime, address, zone)
    except (CalendarError, PublicAddressError) as error:
        return no_look(ref, error.problem.value)
    if fetched.told is None:
        return no_look(ref)
    return look_at(ref, fetched.told, local_date(clock.now(), zone))


async def _added(who: SignedIn, accommodation_id: int, address: str, ref: str) -> CalendarLookRow:
    """What stood against it; else nothing, and it has been read."""
    runtime, real_now = current_runtime(), clock.real_now()
    looked = await _looked(who, accommodation_id, address, ref)
    if looked["problem"]:
        return looked
    try:
        async with runtime.database.transaction() as session:
            calendar = await add_address(
                session,
                account_id=who.account_id,
                accommodation_id=accommodation_id,
                address=address,
                now=real_now,
                vault=runtime.vault,
            )
    except CalendarTakenError as taken:
        return no_look(ref, TAKEN, taken.home)
    except TooManyCalendarsError:
        return no_look(ref, TOO_MANY)
    except NotFoundError:
        return no_look(ref, GONE)
    await read_now(runtime, who.account_id, calendar.id, clock.now(), real_now)
    return no_look(ref)
