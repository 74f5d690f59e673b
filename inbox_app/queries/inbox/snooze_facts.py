"""What a conversation could be snoozed until: its window, the check-in and check-out of its stay
(P8)."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain.conversations.triage import SnoozeFacts
from inbox_app.domain.reply_window import closes_at
from inbox_app.domain.stays.stays import CHECK_IN_HOUR, CHECK_OUT_HOUR, StayPhase, hour_there
from inbox_app.models import Connection, Conversation, LastInbound
from inbox_app.queries.inbox.reply_windows import its_window, present_connection
from inbox_app.queries.inbox.stay import StayThere, primary_stay

_NEVER_COMES = {StayPhase.CANCELLED, StayPhase.NO_SHOW}


async def snooze_facts(
    session: AsyncSession, account_id: int, ids: Collection[int], now: datetime
) -> Mapping[int, SnoozeFacts]:
    """Of the account's own among them."""
    query = (
        sqlalchemy.select(
            col(Conversation.id),
            col(Conversation.channel),
            col(Conversation.actor_id),
            col(LastInbound.last_inbound_at),
        )
        .outerjoin(Connection, present_connection())
        .outerjoin(LastInbound, its_window())
        .where(col(Conversation.account_id) == account_id, col(Conversation.id).in_(ids))
    )
    rows = (await (await session.connection()).execute(query)).all()
    actors = {row.actor_id for row in rows if row.actor_id}
    stays = await primary_stay(session, account_id, actors, now)
    return {
        row.id: _facts(
            closes_at(row.last_inbound_at, channel_of(row.channel).reply_window),
            stays.get(row.actor_id),
        )
        for row in rows
    }


def _facts(closes: datetime | None, stay: StayThere | None) -> SnoozeFacts:
    if stay is None or stay.phase in _NEVER_COMES:
        return SnoozeFacts(closes)
    booked, home = stay.reservation, stay.home
    arrives = booked.arrival_time or home.check_in_time
    leaves = booked.departure_time or home.check_out_time
    return SnoozeFacts(
        closes,
        hour_there(stay.check_in, arrives, CHECK_IN_HOUR, home.timezone),
        hour_there(stay.check_out, leaves, CHECK_OUT_HOUR, home.timezone),
    )
