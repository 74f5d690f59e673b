"""The rules by which conversations are assigned; the audit trail keeps each change (X1)."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.assignment import PartnerKind
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Accommodation, AssignmentRule, AuditEntry, User
from inbox_app.queries.accounts.colleagues import come_in


class By(NamedTuple):
    """The admin who changes them, of the account, and when."""

    account_id: int
    user_id: int
    now: datetime


async def set_kind(session: AsyncSession, by: By, kind: PartnerKind, person_id: int | None) -> None:
    """Whose are those with this kind of person; None: nobody's by this rule. Raises
    ``NotFoundError``."""
    await _clear(session, by, col(AssignmentRule.kind) == kind)
    if person_id is not None:
        await _check(session, by, person_id)
        session.add(AssignmentRule(account_id=by.account_id, kind=kind, user_id=person_id))
    _note(session, by, kind=kind.value, user=person_id)


async def set_home(session: AsyncSession, by: By, home_id: int, person_id: int | None) -> None:
    """The same of those whose stay is in this accommodation. Raises ``NotFoundError``."""
    await _clear(session, by, col(AssignmentRule.accommodation_id) == home_id)
    if person_id is not None:
        await _check(session, by, person_id)
        await _check_home(session, by, home_id)
        rule = AssignmentRule(account_id=by.account_id, accommodation_id=home_id, user_id=person_id)
        session.add(rule)
    _note(session, by, accommodation=home_id, user=person_id)


async def set_turns(session: AsyncSession, by: By, person_id: int, *, takes: bool) -> None:
    """Whether what no rule names somebody for goes to them too. Raises ``NotFoundError``."""
    await _check(session, by, person_id)
    theirs = update(User).where(col(User.account_id) == by.account_id, col(User.id) == person_id)
    await session.exec(theirs.values(takes_turns=takes))
    _note(session, by, turns=takes, user=person_id)


async def leave_out(session: AsyncSession, account_id: int, person_id: int) -> None:
    """No rule names who has left."""
    named = col(AssignmentRule.account_id) == account_id, col(AssignmentRule.user_id) == person_id
    await session.exec(delete(AssignmentRule).where(*named))
    theirs = update(User).where(col(User.account_id) == account_id, col(User.id) == person_id)
    await session.exec(theirs.values(takes_turns=False))


async def _clear(session: AsyncSession, by: By, rule: ColumnElement[bool]) -> None:
    ours = col(AssignmentRule.account_id) == by.account_id
    await session.exec(delete(AssignmentRule).where(ours, rule))


async def _check(session: AsyncSession, by: By, person_id: int) -> None:
    query = select(User.id).where(
        col(User.account_id) == by.account_id, *come_in(), col(User.id) == person_id
    )
    if (await session.exec(query.with_for_update(read=True))).first() is None:
        raise NotFoundError


async def _check_home(session: AsyncSession, by: By, home_id: int) -> None:
    query = select(Accommodation.id).where(
        col(Accommodation.account_id) == by.account_id,
        col(Accommodation.id) == home_id,
        col(Accommodation.archived_at).is_(None),
    )
    if (await session.exec(query)).first() is None:
        raise NotFoundError


def _note(session: AsyncSession, by: By, **details: object) -> None:
    entry = AuditEntry(
        account_id=by.account_id,
        at=by.now,
        user_id=by.user_id,
        what="assignment.rule_changed",
        details=details,
    )
    session.add(entry)
