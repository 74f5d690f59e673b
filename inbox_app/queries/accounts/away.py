"""What accounts say out of hours (S4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.catalogues import count_in, nearest, text_in
from inbox_app.domain.opening_hours import OpeningHours
from inbox_app.models import Account, AwaySettings

OPENING = "{opening}"
_USUAL = (((540, 1080),),) * 5 + ((), ())
_DAYS = {"es": "EEEE d 'de' MMMM"}
_DAY = "EEEE d MMMM"
_PADDED = "en"


@dataclass(frozen=True, slots=True)
class Away:
    """What an account has chosen; as long as it has not, nothing goes out."""

    hours: OpeningHours
    language: str
    answers: bool = False
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    """The company's own words, by language."""
    urgent_words: tuple[str, ...] = ()
    on_call: tuple[int, ...] = ()
    """Whom urgent words reach at any hour out of these."""

    def words(self, opens_at: datetime, language: str | None) -> str:
        """The automatic text to who speaks this language, the company's where it is not known."""
        tongue = self.tongue(language)
        text = self.texts.get(tongue) or _ours(tongue)
        return text.replace(OPENING, self.opening(opens_at, tongue))

    def tongue(self, language: str | None) -> str:
        """In which language they read it. The company's own words come first: in theirs, else in
        the company's, else in the first there is; then ours, in theirs."""
        theirs = nearest(language or self.language) or "en"
        wanted = (theirs, nearest(self.language) or "en", *self.texts)
        return next((language for language in wanted if self.texts.get(language)), theirs)

    def opening(self, opens_at: datetime, language: str) -> str:
        """A moment by the company's clock, as a sentence says it."""
        return opening(opens_at.astimezone(ZoneInfo(self.hours.time_zone)), language)


def _ours(language: str) -> str:
    return text_in(
        language,
        "Thank you for your message. We are closed now and will answer you on {opening}.",
    )


def opening(here: datetime, language: str) -> str:
    """A moment by the clock on the wall, as a sentence says it: the hour brings its own article and
    preposition («alle 9:00», «all'1:00», «a la 1:00»)."""
    day = format_datetime(here, _DAYS.get(language, _DAY), locale=language)
    hour = f"{here.hour:02}" if language == _PADDED else str(here.hour)
    # The first form is for one o'clock, like ``components/i18n/formats.js``.
    at = count_in(language, "at {time}", 1 if here.hour == 1 else 2)
    return f"{day} {at.replace('{time}', f'{hour}:{here.minute:02}')}"


async def away_of(session: AsyncSession, account_id: int) -> Away:
    """As the settings show it: usual hours where nobody has said others."""
    chosen = await chosen_away(session, [account_id])
    if account_id in chosen:
        return chosen[account_id]
    query = select(Account.timezone, Account.language).where(col(Account.id) == account_id)
    zone, language = (await session.exec(query)).one()
    return Away(OpeningHours(_USUAL, frozenset(), zone), language)


async def chosen_away(session: AsyncSession, account_ids: Collection[int]) -> dict[int, Away]:
    """Of those accounts that have chosen something."""
    query = (
        select(Account.timezone, Account.language, AwaySettings)
        .join(AwaySettings, col(AwaySettings.account_id) == col(Account.id))
        .where(col(AwaySettings.account_id).in_(account_ids))
    )
    found = await session.exec(query)
    return {row.account_id: _away(zone, language, row) for zone, language, row in found}


def _away(zone: str, language: str, row: AwaySettings) -> Away:
    days = tuple(tuple((start, end) for start, end in spans) for spans in row.days)
    closed = frozenset(map(date.fromisoformat, row.closed_days))
    hours = OpeningHours(days, closed, zone)
    return Away(
        hours, language, row.answers, row.texts, tuple(row.urgent_words), tuple(row.on_call)
    )
