"""Making accounts and the people who sign in to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import available_timezones

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.locales import is_country, is_language
from inbox_app.domain.messages import clean_line
from inbox_app.models import Account, Role, User
from inbox_app.queries.accounts.signed_in import is_empty

MIN_PASSWORD = 8
MAX_PASSWORD = 1000


class Problem(StrEnum):
    """Why an account or a user is not made."""

    NAME = "name"
    EMAIL = "email"
    EMAIL_TAKEN = "email_taken"
    PASSWORD = "password"  # noqa: S105 - the name of a field
    TIMEZONE = "timezone"
    LANGUAGE = "language"
    COUNTRY = "country"
    SETUP_CLOSED = "setup_closed"
    NO_SUCH_ACCOUNT = "no_such_account"
    NO_SUCH_USER = "no_such_user"
    LAST_ADMIN = "last_admin"

    @property
    def sentence(self) -> str:
        """For the command line, in English."""
        return _SENTENCES[self]


class RefusedError(Exception):
    """Nothing was made; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """As typed. `timezone` is an IANA name, `language` BCP 47, `country` ISO 3166."""

    name: str
    timezone: str = "Europe/Rome"
    language: str = "it"
    country: str = "IT"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """As typed. The hash is made before, off the event loop, of a password that was checked."""

    email: str
    password_hash: str
    name: str = ""
    role: Role = Role.ADMIN


def check_password(password: str) -> None:
    """Raises ``RefusedError`` unless it is long enough to be worth hashing, and no longer."""
    _require(MIN_PASSWORD <= len(password) <= MAX_PASSWORD, Problem.PASSWORD)


def clean_email(email: str) -> str:
    """The one spelling under which people are stored and found."""
    return email.strip().lower()


def is_email(email: str) -> bool:
    """Whether a cleaned one can be somebody's."""
    name, _, host = email.rpartition("@")
    return bool(name and host) and email.isprintable() and " " not in email and len(email) <= 254


async def create_first_account(
    session: AsyncSession, account: NewAccount, admin: NewUser, now: datetime
) -> User:
    """As ``create_account``, and only while there is none: of two at once one is refused."""
    await _take_turns(session)
    _require(await is_empty(session), Problem.SETUP_CLOSED)
    return await create_account(session, account, admin, now)


async def create_account(
    session: AsyncSession, account: NewAccount, admin: NewUser, now: datetime
) -> User:
    """The account with its first admin, who is returned. Raises ``RefusedError``."""
    name = clean_line(account.name)
    _require(bool(name), Problem.NAME)
    _require(account.timezone in available_timezones(), Problem.TIMEZONE)
    _require(is_language(account.language), Problem.LANGUAGE)
    country = account.country.strip().upper()
    _require(is_country(country), Problem.COUNTRY)
    row = Account(
        name=name,
        timezone=account.timezone,
        language=account.language,
        country=country,
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return await create_user(session, row.id, admin, now)


async def create_user(session: AsyncSession, account_id: int, user: NewUser, now: datetime) -> User:
    """One more person of the account. Raises ``RefusedError``."""
    email = clean_email(user.email)
    _require(is_email(email), Problem.EMAIL)
    _require(await session.get(Account, account_id) is not None, Problem.NO_SUCH_ACCOUNT)
    row = User(
        account_id=account_id,
        email=email,
        name=clean_line(user.name),
        role=user.role,
        password_hash=user.password_hash,
        created_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise RefusedError(Problem.EMAIL_TAKEN) from None
    return row


async def _take_turns(session: AsyncSession) -> None:
    """SQLite has one writer anyway; PostgreSQL is told to let one make accounts at a time."""
    if session.get_bind().dialect.name == "postgresql":
        connection = await session.connection()
        await connection.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))


def _require(holds: bool, problem: Problem) -> None:
    if not holds:
        raise RefusedError(problem)


_SENTENCES = {
    Problem.NAME: "The account needs a name.",
    Problem.EMAIL: "This is not an e-mail address.",
    Problem.EMAIL_TAKEN: "Somebody signs in with this e-mail address already.",
    Problem.PASSWORD: f"The password needs at least {MIN_PASSWORD} characters.",
    Problem.TIMEZONE: "There is no such time zone; they are named like Europe/Rome.",
    Problem.LANGUAGE: "There is no such language; they are named like it, en or pt-BR.",
    Problem.COUNTRY: "There is no such country; they are named by two letters, like IT.",
    Problem.SETUP_CLOSED: "The first account is there already.",
    Problem.NO_SUCH_ACCOUNT: "There is no such account.",
    Problem.NO_SUCH_USER: "Nobody of this account signs in with this e-mail address.",
    Problem.LAST_ADMIN: "This is the account's last active admin: make or activate another first.",
}
