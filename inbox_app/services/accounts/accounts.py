"""Making accounts and the people who sign in to them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.accounts import (
    MAX_PASSWORD,
    MIN_PASSWORD,
    AccountProblem,
    clean_email,
    is_email,
)
from inbox_app.domain.locales import is_country, is_language, is_time_zone
from inbox_app.domain.messages import clean_line
from inbox_app.models import Account, Role, User
from inbox_app.queries.accounts.signed_in import is_empty


class AccountRefusedError(Exception):
    """Nothing was made; `problem` says why."""

    def __init__(self, problem: AccountProblem) -> None:
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
    """Raises ``AccountRefusedError`` unless it is long enough to be hashed, and no longer."""
    _require(MIN_PASSWORD <= len(password) <= MAX_PASSWORD, AccountProblem.PASSWORD)


async def create_first_account(
    session: AsyncSession, account: NewAccount, admin: NewUser, now: datetime
) -> User:
    """As ``create_account``, and only while there is none: of two at once one is refused."""
    await _take_turns(session)
    _require(await is_empty(session), AccountProblem.SETUP_CLOSED)
    return await create_account(session, account, admin, now)


async def create_account(
    session: AsyncSession, account: NewAccount, admin: NewUser, now: datetime
) -> User:
    """The account with its first admin, who is returned. Raises ``AccountRefusedError``."""
    name = clean_line(account.name)
    _require(bool(name), AccountProblem.NAME)
    _require(is_time_zone(account.timezone), AccountProblem.TIMEZONE)
    _require(is_language(account.language), AccountProblem.LANGUAGE)
    country = account.country.strip().upper()
    _require(is_country(country), AccountProblem.COUNTRY)
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
    """One more person of the account. Raises ``AccountRefusedError``."""
    email = clean_email(user.email)
    _require(is_email(email), AccountProblem.EMAIL)
    _require(await session.get(Account, account_id) is not None, AccountProblem.NO_SUCH_ACCOUNT)
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
        raise AccountRefusedError(AccountProblem.EMAIL_TAKEN) from None
    return row


async def _take_turns(session: AsyncSession) -> None:
    """SQLite has one writer anyway; PostgreSQL is told to let one make accounts at a time."""
    if session.get_bind().dialect.name == "postgresql":
        connection = await session.connection()
        await connection.execute(text("LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE"))


def _require(holds: bool, problem: AccountProblem) -> None:
    if not holds:
        raise AccountRefusedError(problem)
