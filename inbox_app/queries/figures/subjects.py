"""The figures of each person, and of each accommodation (X7)."""

from collections import defaultdict
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.figures.measures import NO_HOME, NOBODY, PHONE_APP, Scope
from inbox_app.domain.figures.periods import Period
from inbox_app.models import Accommodation, Account, Conversation, OpenWait, User
from inbox_app.queries.figures.rows import SubjectRow
from inbox_app.queries.figures.summed import Summed
from inbox_app.queries.figures.sums import sums

_NO_PERSON = {PHONE_APP: "app", NOBODY: "nobody"}
_NO_STAY = {NO_HOME: "none"}


async def people(
    session: AsyncSession, account_id: int, when: Period, only: int | None
) -> list[SubjectRow]:
    """Who has answered most first. Whose is unanswered is whose the conversation is now."""
    found = await _summed(session, account_id, Scope.PERSON, when, only)
    waiting = await _waiting(session, account_id, when)
    if only is not None:
        waiting = {only: waiting.get(only, 0)}
    names = await _people(session, account_id, found.keys() | waiting.keys())
    rows = [
        _row(id_, names, _NO_PERSON, found[id_], waiting.get(id_, 0))
        for id_ in sorted(found.keys() | {each for each, many in waiting.items() if many})
    ]
    return sorted(rows, key=lambda each: (each["kind"] == "nobody", -each["figures"]["answered"]))


async def homes(session: AsyncSession, account_id: int, when: Period) -> list[SubjectRow]:
    """Where most was asked first; who has no stay last."""
    found = await _summed(session, account_id, Scope.HOME, when)
    names = await _homes(session, account_id)
    rows = [_row(id_, names, _NO_STAY, each) for id_, each in sorted(found.items())]
    return sorted(rows, key=lambda each: (each["kind"] == "none", -each["figures"]["asked"]))


async def _summed(
    session: AsyncSession, account_id: int, scope: Scope, when: Period, only: int | None = None
) -> defaultdict[int, Summed]:
    of = sums(account_id, scope, when).c
    query = select(of.subject_id, of.measure, of.bucket, func.sum(of.total)).group_by(
        of.subject_id, of.measure, of.bucket
    )
    if only is not None:
        query = query.where(of.subject_id == only)
    found, core = defaultdict[int, Summed](Summed), await session.connection()
    for subject, measure, bucket, total in await core.execute(query):
        found[subject].add(measure, bucket, total)
    return found


async def _waiting(session: AsyncSession, account_id: int, when: Period) -> dict[int, int]:
    """By whose the conversation is, those who have waited since some day of the period."""
    core = await session.connection()
    account = select(col(Account.timezone)).where(col(Account.id) == account_id)
    zone = ZoneInfo((await core.execute(account)).scalar_one())
    begins = datetime.combine(when.first, time.min, zone).astimezone(UTC)
    ends = datetime.combine(when.last, time.max, zone).astimezone(UTC)
    whose = func.coalesce(col(Conversation.assigned_to), NOBODY)
    query = (
        select(whose, func.count())
        .select_from(OpenWait)
        .join(Conversation, col(Conversation.id) == col(OpenWait.conversation_id))
        .where(col(OpenWait.account_id) == account_id, col(OpenWait.asked_at).between(begins, ends))
        .group_by(whose)
    )
    return {row[0]: row[1] for row in await core.execute(query)}


async def _people(session: AsyncSession, account_id: int, ids: set[int]) -> dict[int, str]:
    query = select(col(User.id), col(User.name), col(User.email)).where(
        col(User.account_id) == account_id, col(User.id).in_(ids)
    )
    core = await session.connection()
    return {id_: name or email for id_, name, email in await core.execute(query)}


async def _homes(session: AsyncSession, account_id: int) -> dict[int, str]:
    query = select(col(Accommodation.id), col(Accommodation.name)).where(
        col(Accommodation.account_id) == account_id
    )
    core = await session.connection()
    return {row.id: row.name for row in await core.execute(query)}


def _row(
    id_: int,
    names: dict[int, str],
    unnamed: dict[int, str],
    summed: Summed,
    unanswered: int | None = None,
) -> SubjectRow:
    figures = summed.row()
    if unanswered is not None:
        figures["unanswered"] = unanswered
    name = names.get(id_, "")
    kind = "" if name else unnamed.get(id_, "gone")
    return SubjectRow(id=str(id_), name=name, kind=kind, figures=figures)
