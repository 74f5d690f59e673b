"""What becomes to do and is nobody's goes to whom the account's rules name (X1)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.assignment import PartnerKind, Rules, in_turn, whose
from inbox_app.models import AssignmentRule, Conversation, User
from inbox_app.queries.accounts.colleagues import come_in
from inbox_app.queries.inbox.stay import primary_stay
from inbox_app.services.bulk import run_many, select_in


async def assign_by_rules(session: AsyncSession, ids: Collection[int], now: datetime) -> None:
    """Of conversations, found under their accounts in this transaction, that have just become to
    do."""
    if not ids:
        return
    rows = await select_in(await session.connection(), _NOBODYS, col(Conversation.id), set(ids))
    by_account: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_account[row.account_id].append(row)
    for account_id, theirs in by_account.items():
        await _assign(session, account_id, theirs, now)


async def _assign(
    session: AsyncSession, account_id: int, rows: Sequence[Any], now: datetime
) -> None:
    rules = await _rules(session, account_id)
    homes: Mapping[int, int] = {}
    if rules.by_home:
        homes = await _homes(session, account_id, rows, now)
    named = [whose(_kind(row), homes.get(row.actor_id), rules) for row in rows]
    people = in_turn(named, rules.turns)
    given = [
        {"conversation": row.id, "person": person}
        for row, person in zip(rows, people, strict=True)
        if person is not None
    ]
    await run_many(await session.connection(), _GIVE, given)
    took = [person for name, person in zip(named, people, strict=True) if name is None and person]
    await _note_turns(session, account_id, took)


def _kind(row: Any) -> PartnerKind:
    return PartnerKind(row.actor_kind) if row.actor_kind else PartnerKind.UNKNOWN


async def _rules(session: AsyncSession, account_id: int) -> Rules:
    connection = await session.connection()
    named = (
        select(
            col(AssignmentRule.kind),
            col(AssignmentRule.accommodation_id),
            col(AssignmentRule.user_id),
        )
        .join(User, col(User.id) == col(AssignmentRule.user_id))
        .where(col(AssignmentRule.account_id) == account_id, *come_in())
    )
    turns = (
        select(col(User.id))
        .where(col(User.account_id) == account_id, col(User.takes_turns), *come_in())
        .order_by(col(User.last_turn), col(User.id))
    )
    rows = (await connection.execute(named)).all()
    return Rules(
        {row.accommodation_id: row.user_id for row in rows if row.accommodation_id},
        {row.kind: row.user_id for row in rows if row.kind},
        list((await connection.execute(turns)).scalars()),
    )


async def _homes(
    session: AsyncSession, account_id: int, rows: Sequence[Any], now: datetime
) -> Mapping[int, int]:
    """By actor, that of the stay that shows first."""
    actors = {row.actor_id for row in rows if row.actor_id}
    stays = await primary_stay(session, account_id, actors, now)
    return {actor_id: stay.home.id for actor_id, stay in stays.items()}


async def _note_turns(session: AsyncSession, account_id: int, took: Sequence[int]) -> None:
    if not took:
        return
    connection = await session.connection()
    highest = select(col(User.last_turn)).where(col(User.account_id) == account_id)
    latest = await connection.execute(highest.order_by(col(User.last_turn).desc()).limit(1))
    start = latest.scalar_one() + 1
    turns = {person: start + number for number, person in enumerate(took)}
    await run_many(
        connection,
        _TOOK_TURN,
        [{"account": account_id, "person": each, "turn": turn} for each, turn in turns.items()],
    )


_HAS_RULES = or_(
    exists().where(col(AssignmentRule.account_id) == col(Conversation.account_id)),
    exists().where(col(User.account_id) == col(Conversation.account_id), col(User.takes_turns)),
)
_NOBODYS = (
    select(
        col(Conversation.id),
        col(Conversation.account_id),
        col(Conversation.actor_id),
        col(Conversation.actor_kind),
    )
    .where(col(Conversation.assigned_to).is_(None), _HAS_RULES)
    .order_by(col(Conversation.id))
)
_GIVE = (
    update(Conversation)
    .where(col(Conversation.id) == bindparam("conversation"))
    .values(assigned_to=bindparam("person"))
)
_TOOK_TURN = (
    update(User)
    .where(col(User.account_id) == bindparam("account"), col(User.id) == bindparam("person"))
    .values(last_turn=bindparam("turn"))
)
