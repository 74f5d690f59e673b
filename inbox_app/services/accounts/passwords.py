"""Choosing a password: by a link, which serves once, or knowing the one before (X1)."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.accounts.accounts import AccountProblem
from inbox_app.domain.messages import clean_line
from inbox_app.models import PasswordLink, User
from inbox_app.queries.accounts.signed_in import Candidate, SignedIn, candidate_of
from inbox_app.services.accounts import people, sign_in
from inbox_app.services.accounts.accounts import AccountRefusedError

LINK_LASTS = timedelta(days=7)


async def make_link(
    session: AsyncSession,
    person: User,
    token_hash: str,
    now: datetime,
    *,
    by: int | None,
    lasts: timedelta = LINK_LASTS,
) -> datetime:
    """From now on the secret with this fingerprint lets `person` choose a password, and no earlier
    one does; answers until when. By nobody: asked for at the sign-in page. Raises
    ``AccountRefusedError`` for who is deactivated."""
    if person.disabled_at is not None:
        raise AccountRefusedError(AccountProblem.NO_SUCH_USER)
    await _forget_link(session, person)
    expires_at = now + lasts
    session.add(
        PasswordLink(
            account_id=person.account_id,
            user_id=person.id,
            token_hash=token_hash,
            created_by=by,
            created_at=now,
            expires_at=expires_at,
        )
    )
    what = "user.password_link_made" if by else "user.password_link_asked"
    people.note(session, person, what, now, by or person.id)
    return expires_at


async def use_link(
    session: AsyncSession, token_hash: str, password_hash: str, name: str, now: datetime
) -> Candidate:
    """The person whose link it is has this password; a name that is given is theirs from now on.
    Raises ``AccountRefusedError`` for a link that is used up, replaced or too old."""
    link = await _link(session, token_hash, now)
    if link is None:
        raise AccountRefusedError(AccountProblem.LINK)
    person = await people.by_id(session, link.account_id, link.user_id)
    # Of two who use it at once the second waited for the first, who has deleted it.
    if person.disabled_at is not None or await _link(session, token_hash, now) is None:
        raise AccountRefusedError(AccountProblem.LINK)
    person.name = clean_line(name) or person.name
    await people.reset_password(session, person, password_hash, now, by=person.id)
    await _forget_link(session, person)
    await session.flush()
    who = await candidate_of(session, person.account_id, person.id, demo_allowed=True)
    if who is None:
        raise AccountRefusedError(AccountProblem.LINK)
    return who


async def change_password(
    session: AsyncSession, who: SignedIn, password_hash: str, now: datetime
) -> int:
    """Of the person who is signed in, who stays so on this device alone; how many sessions ended.
    Links that were made for them serve no more."""
    person = await people.by_id(session, who.account_id, who.user_id)
    person.password_hash = password_hash
    await _forget_link(session, person)
    people.note(session, person, "user.password_changed", now, who.user_id)
    return await sign_in.end_others(session, who.account_id, who.user_id, who.session_id)


async def _link(session: AsyncSession, token_hash: str, now: datetime) -> PasswordLink | None:
    query = select(PasswordLink).where(
        col(PasswordLink.token_hash) == token_hash, col(PasswordLink.expires_at) > now
    )
    return (await session.exec(query)).first()


async def _forget_link(session: AsyncSession, person: User) -> None:
    theirs = (
        col(PasswordLink.user_id) == person.id,
        col(PasswordLink.account_id) == person.account_id,
    )
    await session.exec(delete(PasswordLink).where(*theirs))
