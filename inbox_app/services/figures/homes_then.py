"""At which accommodation somebody stayed, or was to stay, when they wrote."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.figures.measures import NO_HOME
from inbox_app.domain.stays.stays import local_date, precedence
from inbox_app.queries.inbox.stay import StayThere, stays_by_actor


class HomesThen:
    """Of some actors, by all their stays."""

    def __init__(self, stays: Mapping[int, Collection[StayThere]]) -> None:
        self._stays = stays

    def home(self, actor_id: int | None, at: datetime) -> int:
        """Of the stay that the inbox would have shown first at that moment (P4)."""
        first = min(
            self._stays.get(actor_id or 0, ()),
            key=lambda stay: precedence(stay, local_date(at, stay.home.timezone)),
            default=None,
        )
        return first.home.id if first else NO_HOME


async def homes_then(
    session: AsyncSession, actors: Mapping[int, Collection[int]], now: datetime
) -> HomesThen:
    """Of the ``actors`` of each account."""
    stays = dict[int, list[StayThere]]()
    for account_id, ids in actors.items():
        stays |= await stays_by_actor(session, account_id, ids, now)
    return HomesThen(stays)
