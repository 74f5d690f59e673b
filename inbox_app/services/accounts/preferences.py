"""What a person prefers: the language, light or dark, how long a send can be taken back; and what
the company tells people."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Account, User

LANGUAGES = ("it", "en", "es")
THEMES = ("system", "light", "dark")
UNDO_SECONDS = ("0", "5", "10")
LANGUAGE_COOKIE = "lang"


class Preferences(NamedTuple):
    """What was chosen; nothing leaves what was."""

    language: str | None = None
    theme: str | None = None
    undo_seconds: int | None = None


def checked(language: str | None, theme: str | None, undo: str | None) -> Preferences:
    """What there is of them; what there is not becomes nothing."""
    return Preferences(
        language if language in LANGUAGES else None,
        theme if theme in THEMES else None,
        int(undo) if undo in UNDO_SECONDS else None,
    )


async def prefer(session: AsyncSession, account_id: int, user_id: int, chosen: Preferences) -> None:
    """Remember them with the person, for all devices."""
    values = {name: value for name, value in chosen._asdict().items() if value is not None}
    if values:
        person = update(User).where(col(User.id) == user_id, col(User.account_id) == account_id)
        await session.exec(person.values(**values))


async def end_tour(session: AsyncSession, account_id: int, user_id: int, now: datetime) -> None:
    """The tour begins by itself no more for this person, on any device (X6)."""
    person = update(User).where(col(User.id) == user_id, col(User.account_id) == account_id)
    await session.exec(person.values(tour_seen_at=now))


async def tell_reading(session: AsyncSession, account_id: int, *, tells: bool) -> None:
    """From now on people are told that their messages were read, or not any more (M12)."""
    (await session.get_one(Account, account_id)).tells_reading = tells
