"""Who a session's cookie stands for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.second_factor import SecondStep, second_step
from inbox_app.models import Account, Role, Session, TwoFactor, User

IDLE = timedelta(days=30)
ABSOLUTE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person, the account and the device; `language` is theirs, or else the account's."""

    user_id: int
    account_id: int
    role: Role
    language: str
    theme: str
    undo_seconds: int
    """How long what they send can be taken back."""
    time_zone: str
    """The account's (IANA name)."""
    name: str
    session_id: int
    seen_at: datetime
    had_tour: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may sign in, if the password fits."""

    user_id: int
    account_id: int
    password_hash: str
    email: str = ""
    second_step: SecondStep = SecondStep.NONE
    """What is asked of them besides."""


async def by_session(
    session: AsyncSession, token_hash: str, now: datetime, *, demo_allowed: bool
) -> SignedIn | None:
    """Nobody when the session ended or grew too old, or its person was disabled."""
    query = (
        select(Session, User, Account)
        .join(User, col(User.id) == col(Session.user_id))
        .join(Account, col(Account.id) == col(Session.account_id))
        .where(
            col(Session.token_hash) == token_hash,
            col(Session.seen_at) > now - IDLE,
            col(Session.created_at) > now - ABSOLUTE,
            col(User.disabled_at).is_(None),
        )
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    device, user, account = found
    if account.demo and not demo_allowed:
        return None
    return SignedIn(
        user_id=user.id,
        account_id=account.id,
        role=user.role,
        language=user.language or account.language,
        theme=user.theme,
        undo_seconds=user.undo_seconds,
        time_zone=account.timezone,
        name=user.name or user.email,
        session_id=device.id,
        seen_at=device.seen_at,
        had_tour=user.tour_seen_at is not None,
    )


async def candidate(session: AsyncSession, email: str, *, demo_allowed: bool) -> Candidate | None:
    """Who signs in with this e-mail, in lower case; nobody who is disabled, or was invited and has
    no password yet."""
    return await _candidate(session, col(User.email) == email, demo_allowed=demo_allowed)


async def candidate_of(
    session: AsyncSession, account_id: int, user_id: int, *, demo_allowed: bool
) -> Candidate | None:
    """The same, by who it is."""
    theirs = (col(User.account_id) == account_id) & (col(User.id) == user_id)
    return await _candidate(session, theirs, demo_allowed=demo_allowed)


async def _candidate(
    session: AsyncSession, theirs: ColumnElement[bool], *, demo_allowed: bool
) -> Candidate | None:
    has_factor = exists().where(
        col(TwoFactor.user_id) == col(User.id),
        col(TwoFactor.account_id) == col(User.account_id),
        col(TwoFactor.confirmed_at).is_not(None),
    )
    query = (
        select(User, Account, has_factor)
        .join(Account, col(Account.id) == col(User.account_id))
        .where(theirs, col(User.disabled_at).is_(None), col(User.password_hash) != "")
    )
    found = (await session.exec(query)).first()
    if found is None:
        return None
    user, account, has = found
    if account.demo and not demo_allowed:
        return None
    step = second_step(has_factor=has, is_required=account.requires_two_factor)
    return Candidate(user.id, account.id, user.password_hash, user.email, step)


async def own_sign_in(session: AsyncSession, account_id: int, user_id: int) -> tuple[str, str]:
    """A person's e-mail and password hash."""
    query = select(User.email, User.password_hash).where(
        col(User.id) == user_id, col(User.account_id) == account_id
    )
    return (await session.exec(query)).one()


async def account_languages(session: AsyncSession) -> list[str]:
    """At most two that accounts have: with one alone, strangers are greeted in it."""
    return list((await session.exec(select(Account.language).distinct().limit(2))).all())


async def is_empty(session: AsyncSession) -> bool:
    """Whether nobody has an account yet. A demo account whose people are locked out is nobody's."""
    entered = col(User.disabled_at).is_(None) & (col(User.account_id) == col(Account.id))
    held = select(Account.id).where(col(Account.demo).is_(False) | exists().where(entered))
    return (await session.exec(held.limit(1))).first() is None


async def account_language(session: AsyncSession, account_id: int) -> str:
    """The company's own, whatever its people read in."""
    return (await session.get_one(Account, account_id)).language


async def wants_advice(session: AsyncSession, account_id: int, user_id: int) -> bool:
    """Whether the person has not put the advice on two numbers away."""
    query = select(User.advice_dismissed_at).where(
        col(User.id) == user_id, col(User.account_id) == account_id
    )
    return (await session.exec(query)).one_or_none() is None


async def tells_reading(session: AsyncSession, account_id: int) -> bool:
    """Whether people are told that their messages were read (M12)."""
    return (await session.get_one(Account, account_id)).tells_reading
