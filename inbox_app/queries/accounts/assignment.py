"""By which rules conversations are assigned, as the page of people shows them (X1)."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.conversations.assignment import PartnerKind
from inbox_app.models import Accommodation, AssignmentRule, User
from inbox_app.queries.accounts.colleagues import colleagues, come_in
from inbox_app.queries.accounts.rows import AssignmentRows, HomeRuleRow, KindRuleRow

_MOST_HOMES = 500


async def assignment(session: AsyncSession, account_id: int) -> AssignmentRows:
    """All of them, with the people and the homes that one can choose."""
    query = select(AssignmentRule).where(col(AssignmentRule.account_id) == account_id)
    by_kind = {rule.kind: str(rule.user_id) for rule in await session.exec(query)}
    homes = await _homes(session, account_id)
    return AssignmentRows(
        people=await colleagues(session, account_id),
        kinds=[KindRuleRow(kind=kind, person=by_kind.get(kind, "")) for kind in PartnerKind],
        homes=[home for home in homes if home["person"]],
        free_homes=[home for home in homes if not home["person"]],
        turns=await _turns(session, account_id),
    )


async def _homes(session: AsyncSession, account_id: int) -> list[HomeRuleRow]:
    query = (
        select(Accommodation.id, Accommodation.name, AssignmentRule.user_id)
        .outerjoin(AssignmentRule, col(AssignmentRule.accommodation_id) == col(Accommodation.id))
        .where(col(Accommodation.account_id) == account_id)
        .where(col(Accommodation.archived_at).is_(None))
        .order_by(col(AssignmentRule.user_id).is_(None), col(Accommodation.name))
        .limit(_MOST_HOMES)
    )
    return [
        HomeRuleRow(id=str(id_), name=name, person=str(person or ""))
        for id_, name, person in await session.exec(query)
    ]


async def _turns(session: AsyncSession, account_id: int) -> list[str]:
    query = select(User.id).where(
        col(User.account_id) == account_id, col(User.takes_turns), *come_in()
    )
    return [str(id_) for id_ in await session.exec(query)]
