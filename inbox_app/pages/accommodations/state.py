"""The state of the page of accommodations: those that are sought, and the one being written."""

from dataclasses import asdict
from typing import NamedTuple

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.messages import clean_line
from inbox_app.domain.stays.accommodations import MAX_TEXT, AccommodationFacts, AccommodationProblem
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.accommodations.calendars_state import CalendarsState
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed, settle
from inbox_app.pages.tabs.account_panels import AccountPanel
from inbox_app.queries.stays import accommodations
from inbox_app.queries.stays.rows import AccommodationCounts, AccommodationRow
from inbox_app.runtime import current_runtime
from inbox_app.services.stays.write_accommodation import (
    AccommodationRefusedError,
    archive_or_restore,
    create_accommodation,
    replace_accommodation,
)

MOST = 200
NEW = "new"
GONE = "gone"
KEY = "external_id"
_LONGEST_SEARCH = 100
_FACTS = AccommodationFacts.__dataclass_fields__


class _Wanted(NamedTuple):
    words: str
    archived: bool


class _View(NamedTuple):
    rows: list[AccommodationRow]
    counts: AccommodationCounts


class AccommodationsState(rx.State):
    """A saving is over when ``saved_ref`` or ``refused_ref`` becomes its ref."""

    ready: rx.Field[bool] = rx.field(False)
    rows: rx.Field[list[AccommodationRow]] = rx.field(default_factory=list)
    counts: rx.Field[AccommodationCounts] = rx.field(
        default_factory=lambda: AccommodationCounts(listed=0, archived=0)
    )
    search: rx.Field[str] = rx.field("")
    archived: rx.Field[bool] = rx.field(False)
    """Whether the archive is shown."""
    editing: rx.Field[str] = rx.field("")
    """The id of the one being written, `NEW`, or ""."""
    facts: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """What is known of it, with its key; empty while none is open."""
    problem: rx.Field[str] = rx.field("")
    """An ``AccommodationProblem``, `GONE`, or ""."""
    saved_ref: rx.Field[str] = rx.field("")
    refused_ref: rx.Field[str] = rx.field("")
    asked_id: rx.Field[str] = rx.field("")
    """The one that is about to be archived."""
    asked_name: rx.Field[str] = rx.field("")

    @rx.event
    async def load(self) -> None:
        """Read everything anew: the tab has come, or come back."""
        who = await signed_in(self)
        if who is not None:
            set_changed(self, asked_id="")
            await self._read(who)

    @rx.event(supersedes=True)
    async def set_search(self, words: str) -> None:
        """Those with the words in them; the latest of several searches wins."""
        who, wanted = await signed_in(self), untrusted.text(words, _LONGEST_SEARCH)
        if who is not None and wanted is not None:
            self.search = clean_line(wanted)
            await self._read(who)

    @rx.event
    async def show_archived(self, archived: bool) -> None:
        """The archive, or the list."""
        who = await signed_in(self)
        if who is not None:
            self.archived = archived is True
            await self._read(who)

    @rx.event
    async def edit(self, accommodation: str) -> None:
        """Open the drawer for one, or for `NEW`."""
        who, id_ = await signed_in(self), untrusted.row_id(accommodation)
        if who is None:
            return
        facts = await _written(who, id_) if id_ else {"timezone": who.time_zone}
        if facts and (id_ or accommodation == NEW):
            set_changed(self, editing=str(accommodation), facts=facts, problem="")
            await (await self.get_state(CalendarsState))._show(who, id_)

    @rx.event
    async def close(self) -> None:
        """The drawer is put away, and what opens the home with it."""
        if await signed_in(self) is not None:
            set_changed(self, editing="", facts={}, problem="")

    @rx.event
    async def save(self, accommodation: str, facts: dict[str, str], ref: str) -> None:
        """Keep what was written; refused, it stays in the drawer."""
        who, tried = await signed_in(self), untrusted.text(ref, _LONGEST_SEARCH)
        if who is None or not tried or tried == self.saved_ref:
            return
        given = _given(facts)
        problem = (
            await _saved(who, untrusted.row_id(accommodation), given)
            if given
            else AccommodationProblem.TOO_LONG.value
        )
        settle(self, tried, problem)

    @rx.event
    async def ask_archive(self, accommodation: str) -> None:
        """Ask before archiving; "" when one thinks better of it."""
        who, id_ = await signed_in(self), untrusted.row_id(accommodation)
        facts = await _written(who, id_) if who is not None and id_ is not None else {}
        set_changed(
            self,
            asked_id=str(id_) if facts else "",
            asked_name=facts.get("name", self.asked_name),
        )

    @rx.event
    async def archive(self) -> None:
        """Archive the one that was asked about."""
        who, id_ = await signed_in(self), untrusted.row_id(self.asked_id)
        if who is not None and id_ is not None:
            await _moved(who, id_, archived=True)
            self.asked_id = ""

    @rx.event
    async def restore(self, accommodation: str) -> None:
        """Put one back from the archive."""
        who, id_ = await signed_in(self), untrusted.row_id(accommodation)
        if who is not None and id_ is not None:
            await _moved(who, id_, archived=False)

    async def _read(self, who: SignedIn) -> None:
        await _PANEL.look(self, who, _Wanted(self.search, self.archived))

    def _show(self, seen: _View) -> None:
        """An archive that was emptied is left."""
        self.archived = self.archived and seen.counts["archived"] > 0
        set_changed(self, ready=True, rows=seen.rows, counts=seen.counts)


async def _see(session: AsyncSession, who: SignedIn, wanted: _Wanted) -> _View:
    counts = await accommodations.counts(session, who.account_id)
    rows = await accommodations.found(
        session,
        who.account_id,
        words=wanted.words,
        archived=wanted.archived and counts["archived"] > 0,
        limit=MOST,
    )
    return _View(rows, counts)


_PANEL = AccountPanel(AccommodationsState, _see)


async def _written(who: SignedIn, accommodation_id: int) -> dict[str, str]:
    """Empty when the account has none such."""
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        found = await accommodations.facts_of(
            session, who.account_id, accommodation_id, runtime.vault
        )
    if found is None:
        return {}
    facts, key = found
    return {name: value or "" for name, value in asdict(facts).items()} | {KEY: key}


def _given(facts: object) -> dict[str, str]:
    """All that a form holds, as a browser may send it; empty unless it is all there."""
    pairs = [(name, untrusted.form_field(facts, name, MAX_TEXT)) for name in (*_FACTS, KEY)]
    given = {name: value for name, value in pairs if value is not None}
    return given if len(given) == len(pairs) else {}


async def _saved(who: SignedIn, accommodation_id: int | None, given: dict[str, str]) -> str:
    """What stands against it; "" when it is kept."""
    runtime = current_runtime()
    facts = AccommodationFacts(**{name: given[name] for name in _FACTS})
    key = given[KEY]
    try:
        async with runtime.database.transaction() as session:
            if accommodation_id is None:
                await create_accommodation(
                    session, who.account_id, facts, key, clock.real_now(), vault=runtime.vault
                )
            else:
                await replace_accommodation(
                    session, who.account_id, accommodation_id, facts, key, vault=runtime.vault
                )
    except AccommodationRefusedError as refused:
        return refused.problem.value
    except NotFoundError:
        return GONE
    runtime.live.publish(Change(who.account_id))
    return ""


async def _moved(who: SignedIn, accommodation_id: int, *, archived: bool) -> None:
    runtime = current_runtime()
    at = clock.real_now() if archived else None
    try:
        async with runtime.database.transaction() as session:
            await archive_or_restore(session, who.account_id, accommodation_id, at)
    except NotFoundError:
        return
    runtime.live.publish(Change(who.account_id))
