"""What somebody is to be told in their open pages (N1)."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.notifications import quiet_until
from inbox_app.models import Notification, NotifiedDevice
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.inbox.list.counts import unread_by
from inbox_app.queries.notifications.facts import Facts, is_said_urgently, standing
from inbox_app.queries.notifications.preferences import Hearer, hearers
from inbox_app.queries.notifications.rows import NoticeRow
from inbox_app.queries.notifications.words import notice

_LOOKED_AT = 60
MOST = 20


class Seen(NamedTuple):
    """What one session's pages know of notifications."""

    notices: list[NoticeRow]
    unread: int
    """Conversations that hold anything unread for this person."""
    device: str
    """"push", "page", or "" for one that is told nothing."""
    sound: str
    quiet: bool


async def seen_by(
    session: AsyncSession, people: Collection[SignedIn], now: datetime
) -> dict[int, Seen]:
    """By session, of people of one account."""
    account_id = next(iter(people)).account_id
    told = await standing(
        await session.connection(), account_id, {who.user_id for who in people}, _LOOKED_AT
    )
    unread = {
        user_id: await unread_by(session, account_id, user_id)
        for user_id in {who.user_id for who in people}
    }
    hearing = await hearers(session, [account_id], {who.user_id for who in people})
    devices = await _devices(session, account_id)
    notices = {user_id: _for(hearer, told) for user_id, hearer in hearing.items()}
    return {
        who.session_id: Seen(
            notices[who.user_id] if who.session_id in devices else [],
            unread[who.user_id],
            devices.get(who.session_id, ""),
            hearer.wanted.sound.value,
            quiet_until(hearer.wanted, now) is not None,
        )
        for who in people
        if (hearer := hearing.get(who.user_id))
    }


async def awaits(
    session: AsyncSession, account_id: int, user_id: int, conversation_id: int
) -> bool:
    """Whether this person is told something of their own that is over once they look here."""
    query = select(Notification.id).where(
        col(Notification.account_id) == account_id,
        col(Notification.user_id) == user_id,
        func.coalesce(col(Notification.conversation_id), conversation_id) == conversation_id,
        col(Notification.settled).is_(False),
    )
    return (await session.exec(query.limit(1))).first() is not None


def _for(hearer: Hearer, told: Collection[Facts]) -> list[NoticeRow]:
    """The latest of each conversation, the newest first."""
    latest: dict[str, NoticeRow] = {}
    for each in told:
        is_wanted = each.is_news_to(hearer.user_id, hearer.wanted)
        if is_wanted and not is_said_urgently(each, hearer.user_id, told):
            row = notice(each, hearer)
            latest.setdefault(row["tag"], row)
    return list(latest.values())[:MOST]


async def _devices(session: AsyncSession, account_id: int) -> dict[int, str]:
    query = select(NotifiedDevice.session_id, NotifiedDevice.endpoint).where(
        col(NotifiedDevice.account_id) == account_id
    )
    found = (await session.exec(query)).all()
    return {session_id: "push" if endpoint else "page" for session_id, endpoint in found}
