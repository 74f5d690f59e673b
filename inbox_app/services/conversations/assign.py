"""Whose business a conversation is: somebody's, or nobody's, which is everybody's (X1, P9)."""

from collections.abc import Collection

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Conversation, User
from inbox_app.queries.accounts.colleagues import come_in
from inbox_app.services.conversations.triage import Before, change_each
from inbox_app.services.notifications.note import note_assigned
from inbox_app.services.notifications.settle import settle_assigned


async def set_assigned(
    session: AsyncSession,
    account_id: int,
    ids: Collection[int],
    user_id: int | None,
    *,
    by: int | None = None,
) -> list[Before]:
    """To one of the account's people, who is told unless it was done ``by`` them, or to nobody; of
    those that this changed. Raises ``NotFoundError`` for who does not come in."""
    if user_id is not None:
        await _lock(session, account_id, user_id)

    def change(row: Conversation) -> None:
        row.assigned_to = user_id

    changed = await change_each(session, account_id, ids, change)
    await settle_assigned(session, account_id, [before.id for before in changed])
    if user_id not in {None, by}:
        given = [before.id for before in changed]
        await note_assigned(await session.connection(), account_id, user_id or 0, given)
    return changed


async def unassign_all(session: AsyncSession, account_id: int, user_id: int) -> int:
    """What was theirs is nobody's; how many that were."""
    theirs = select(Conversation.id).where(
        col(Conversation.account_id) == account_id, col(Conversation.assigned_to) == user_id
    )
    in_order = theirs.order_by(col(Conversation.id)).with_for_update(key_share=True)
    ours = update(Conversation).where(
        col(Conversation.account_id) == account_id, col(Conversation.id).in_(in_order)
    )
    return (await session.exec(ours.values(assigned_to=None))).rowcount


async def _lock(session: AsyncSession, account_id: int, user_id: int) -> None:
    """Who is being deactivated gets nothing more."""
    query = select(User.id).where(
        col(User.account_id) == account_id, *come_in(), col(User.id) == user_id
    )
    if (await session.exec(query.with_for_update(read=True))).first() is None:
        raise NotFoundError
