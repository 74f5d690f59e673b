"""What was noted becomes a push to each device whose person wants it, once; what was read in the
meantime becomes one that takes it from the screen (N1)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from inbox_app.domain.notifications import PushPurpose, PushState, tag_of, told_at
from inbox_app.models import Notification, NotifiedDevice, Push
from inbox_app.queries.notifications.facts import Facts, facts, is_said_urgently
from inbox_app.queries.notifications.preferences import hearers
from inbox_app.services.bulk import insert_new
from inbox_app.services.notifications.hold import Held, hold
from inbox_app.services.notifications.urgent_mails import write_urgent_mails

AT_ONCE = 100
_UNSPREAD = col(Notification.spread_at).is_(None)
_UNCLEARED = col(Notification.settled) & col(Notification.cleared_at).is_(None)
_ON_SCREEN = col(Push.purpose) == PushPurpose.TELL, col(Push.state) == PushState.SENT
_READ = col(Push.read), *_ON_SCREEN


async def is_anything_noted(session: AsyncSession) -> bool:
    """Whether there is something to spread, or to take back."""
    noted = [select(Notification.id).where(waits) for waits in (_UNSPREAD, _UNCLEARED)]
    for waiting in (*noted, select(Push.id).where(*_READ)):
        if (await session.exec(waiting.limit(1))).first() is not None:
            return True
    return False


async def spread(
    session: AsyncSession, now: datetime, *, limit: int = AT_ONCE, by_mail: bool = False
) -> int:
    """The next ``limit`` notifications, in their order, what is urgent ``by_mail`` too; returns how
    many were looked at. Of several with one tag the latest says all."""
    noted = await _next(session, _UNSPREAD, limit)
    accounts = sorted({each.account_id for each in noted})
    await hold(session, Held(accounts, {each.conversation_id for each in noted}))
    devices = await _devices(session, accounts)
    everybody = [device.user_id for of in devices.values() for device in of]
    people = await hearers(session, accounts, everybody)
    told = await facts(await session.connection(), accounts, [each.id for each in noted])
    rows = [
        _push(each.id, told[each.id], device, at, now)
        for each in noted
        for device in devices[each.account_id]
        if device.user_id in people
        and told[each.id].is_news_to(device.user_id, people[device.user_id].wanted)
        if not is_said_urgently(told[each.id], device.user_id, told.values())
        if (at := told_at(told[each.id].kind, people[device.user_id].wanted, now))
    ]
    latest = {
        (row["device_id"], row["tag"] if row["conversation_id"] else row["notification_id"]): row
        for row in rows
    }
    await _supersede(session, latest.values())
    await insert_new(await session.connection(), Push, list(latest.values()), col(Push.id))
    if by_mail:
        await write_urgent_mails(session, told.values(), people, now)
    for each in noted:
        each.spread_at = now
        session.add(each)
    return len(noted)


async def clear(session: AsyncSession, now: datetime, *, limit: int = AT_ONCE) -> int:
    """The next ``limit`` that were read: where the latest with a tag stands on a screen it
    is to go; returns how many were looked at."""
    read = await _next(session, _UNCLEARED, limit)
    told = select(Push).where(
        col(Push.account_id).in_({each.account_id for each in read}),
        col(Push.notification_id).in_([each.id for each in read]),
        *_ON_SCREEN,
    )
    await _take_back(session, told, now)
    for each in read:
        each.cleared_at = now
        session.add(each)
    return len(read)


async def clear_read(session: AsyncSession, now: datetime, *, limit: int = AT_ONCE) -> int:
    """The same of the next ``limit`` that one person has read, and others have not."""
    read = select(Push).where(*_READ).order_by(col(Push.id)).limit(limit)
    pushes = await _take_back(session, read, now)
    for push in pushes:
        push.state = PushState.SUPERSEDED
        session.add(push)
    return len(pushes)


async def _take_back(
    session: AsyncSession, told: SelectOfScalar[Push], now: datetime
) -> Sequence[Push]:
    """The latest with a tag on each device; answers them all."""
    found = (await session.exec(told)).all()
    await hold(session, _held(found))
    still = told.where(col(Push.id).in_([push.id for push in found])).execution_options(
        populate_existing=True
    )
    pushes = (await session.exec(still)).all()
    latest = {
        (push.device_id, push.tag or push.conversation_id): push
        for push in sorted(pushes, key=lambda push: push.notification_id)
    }
    rows = [_back(push, now) for push in latest.values()]
    await insert_new(await session.connection(), Push, rows, col(Push.id))
    return pushes


def _held(pushes: Sequence[Push]) -> Held:
    return Held(
        {push.account_id for push in pushes},
        {push.conversation_id for push in pushes},
        {push.device_id for push in pushes},
    )


async def pass_over(session: AsyncSession, now: datetime) -> None:
    """Give the next one up: it cannot be spread, and others wait behind it."""
    for each in await _next(session, _UNSPREAD, 1):
        each.spread_at = now
        session.add(each)


async def _next(session: AsyncSession, waits: Any, limit: int) -> Sequence[Notification]:
    query = select(Notification).where(waits).order_by(col(Notification.id)).limit(limit)
    return (await session.exec(query)).all()


async def _devices(
    session: AsyncSession, accounts: Sequence[int]
) -> defaultdict[int, list[NotifiedDevice]]:
    found: defaultdict[int, list[NotifiedDevice]] = defaultdict(list)
    query = select(NotifiedDevice).where(
        col(NotifiedDevice.account_id).in_(accounts), col(NotifiedDevice.endpoint).is_not(None)
    )
    held = query.order_by(col(NotifiedDevice.id)).with_for_update(read=True, key_share=True)
    for device in await session.exec(held):
        found[device.account_id].append(device)
    return found


async def _supersede(session: AsyncSession, rows: Iterable[dict[str, Any]]) -> None:
    """What still waits for the same devices with the same tags: the new ones say more."""
    for row in rows:
        if row["conversation_id"] is None:
            continue
        waiting = (
            col(Push.account_id) == row["account_id"],
            col(Push.conversation_id) == row["conversation_id"],
            col(Push.device_id) == row["device_id"],
            col(Push.tag) == row["tag"],
            col(Push.notification_id) < row["notification_id"],
            col(Push.purpose) == PushPurpose.TELL,
            col(Push.state) == PushState.PENDING,
        )
        await session.exec(update(Push).where(*waiting).values(state=PushState.SUPERSEDED))


def _push(
    notification_id: int, told: Facts, device: NotifiedDevice, at: datetime, now: datetime
) -> dict[str, Any]:
    return {
        "account_id": told.account_id,
        "device_id": device.id,
        "notification_id": notification_id,
        "conversation_id": told.conversation_id,
        "tag": tag_of(told.kind, told.conversation_id),
        "purpose": PushPurpose.TELL,
        "state": PushState.PENDING,
        "read": False,
        "attempts": 0,
        "next_attempt_at": at,
        "created_at": now,
    }


def _back(push: Push, now: datetime) -> dict[str, Any]:
    return {
        "account_id": push.account_id,
        "device_id": push.device_id,
        "notification_id": push.notification_id,
        "conversation_id": push.conversation_id,
        "tag": push.tag,
        "purpose": PushPurpose.CLEAR,
        "state": PushState.PENDING,
        "read": False,
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
    }
