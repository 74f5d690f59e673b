"""What a person prefers to see: the language, light or dark; and what the company tells people."""

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Account, User

LANGUAGES = ("it", "en", "es")
THEMES = ("system", "light", "dark")
LANGUAGE_COOKIE = "lang"


def checked(language: str | None, theme: str | None) -> tuple[str | None, str | None]:
    """What there is of the two; what there is not becomes nothing."""
    return (
        language if language in LANGUAGES else None,
        theme if theme in THEMES else None,
    )


async def prefer(
    session: AsyncSession, account_id: int, user_id: int, language: str | None, theme: str | None
) -> None:
    """Remember them with the person, for all devices; nothing leaves what was."""
    given = {"language": language, "theme": theme}
    values = {name: value for name, value in given.items() if value is not None}
    if values:
        person = update(User).where(col(User.id) == user_id, col(User.account_id) == account_id)
        await session.exec(person.values(**values))


async def tell_reading(session: AsyncSession, account_id: int, *, tells: bool) -> None:
    """From now on people are told that their messages were read, or not any more (M12)."""
    (await session.get_one(Account, account_id)).tells_reading = tells
