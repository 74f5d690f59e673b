"""Writing down what Meta told of an account or a number: columns, notices, refused credentials."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.webhooks.account_changes import read_account_update
from inbox_app.channels.whatsapp.webhooks.change import AccountUpdate, Notice
from inbox_app.channels.whatsapp.webhooks.events import AccountChange
from inbox_app.models import ConnectionNotice, ConnectionState, WhatsAppNumber
from inbox_app.services.connecting.number_figures import is_news


async def apply_account_change(
    session: AsyncSession, numbers: Sequence[WhatsAppNumber], change: AccountChange, at: datetime
) -> None:
    """The same told twice is noted once, and does not bring back what was put away."""
    told = read_account_update(change)
    for number in numbers:
        if told.number in {None, _digits(number)}:
            await _note(session, number, change.field, told, at)


async def add_notice(
    session: AsyncSession, number: WhatsAppNumber, field: str, notice: Notice, at: datetime
) -> None:
    """Show it on the settings page, unless it was noted already."""
    known = select(ConnectionNotice.id).where(
        col(ConnectionNotice.account_id) == number.account_id,
        col(ConnectionNotice.connection_id) == number.connection_id,
        col(ConnectionNotice.field) == field,
        col(ConnectionNotice.event) == notice.event,
        col(ConnectionNotice.at) == at,
    )
    if (await session.exec(known)).first() is not None:
        return
    session.add(
        ConnectionNotice(
            account_id=number.account_id,
            connection_id=number.connection_id,
            field=field,
            event=notice.event,
            severity=notice.severity,
            details=dict(notice.details),
            at=at,
        )
    )


async def _note(
    session: AsyncSession, number: WhatsAppNumber, field: str, told: AccountUpdate, at: datetime
) -> None:
    if told.now_is and is_news(number, at):
        for column, value in told.now_is.items():
            setattr(number, column, value)
        number.figures_at = at
    if told.refused and is_news(number, at):
        number.connection.state = ConnectionState.CREDENTIALS_REFUSED
        number.connection.state_reason = told.refused
        number.connection.checked_at = None  # the next look at Meta tells whether it still holds
    if told.over:
        await _end(session, number, told.over, at)
    if told.notice is not None:
        await add_notice(session, number, field, told.notice, at)


async def _end(
    session: AsyncSession, number: WhatsAppNumber, events: frozenset[str], at: datetime
) -> None:
    notices = update(ConnectionNotice).where(
        col(ConnectionNotice.account_id) == number.account_id,
        col(ConnectionNotice.connection_id) == number.connection_id,
        col(ConnectionNotice.event).in_(events),
        col(ConnectionNotice.dismissed_at).is_(None),
        col(ConnectionNotice.at) <= at,
    )
    await session.exec(notices.values(dismissed_at=at))


def _digits(number: WhatsAppNumber) -> str:
    return "".join(filter(str.isdigit, number.connection.display_address))
