"""The connected number and how it fares, as the settings page shows it (C6)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import ConnectionNotice, ConnectionState, WhatsAppNumber
from inbox_app.queries.connecting.costs import costs
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.connecting.rows import NO_COSTS, NO_HEALTH, CostsRow, HealthRow, NoticeRow
from inbox_app.queries.people.names import user_name
from inbox_app.web import millis

MAX_NOTICES = 20


@dataclass(frozen=True, slots=True)
class HealthView:
    """The connection, and what Meta has said of it by itself."""

    health: HealthRow
    notices: list[NoticeRow]
    costs: CostsRow


async def health_view(
    session: AsyncSession, account_id: int, now: datetime, time_zone: str
) -> HealthView:
    """As it stands now, and what the month of `now` in `time_zone` cost; nothing but the state when
    there is no number."""
    number = await active_number(session, account_id)
    if number is None:
        return HealthView(NO_HEALTH, [], NO_COSTS)
    name = await user_name(session, account_id, number.contract_accepted_by)
    return HealthView(
        _health(number, name),
        await _notices(session, number),
        await costs(session, account_id, number.connection_id, now, time_zone),
    )


def _health(number: WhatsAppNumber, accepted_by: str) -> HealthRow:
    refused = number.connection.state is ConnectionState.CREDENTIALS_REFUSED
    return HealthRow(
        state="refused" if refused else "active",
        reason=number.connection.state_reason,
        display=number.connection.display_address,
        name=number.connection.display_name,
        phone_number_id=number.connection.external_id,
        waba_id=number.waba_id,
        quality=number.quality_rating or "",
        limit=number.messaging_limit or "",
        number_status=number.number_status or "",
        name_status=number.name_status or "",
        subscribed={True: "yes", False: "no", None: ""}[number.subscribed],
        token_expires_at=millis(number.token_expires_at),
        last_webhook_at=millis(number.connection.last_event_at),
        checked_at=millis(number.connection.checked_at),
        unreachable_since=millis(number.connection.unreachable_since),
        connected_at=millis(number.connection.connected_at or number.connection.created_at),
        accepted_at=millis(number.contract_accepted_at),
        accepted_by=accepted_by,
        contract_version=number.contract_version,
        contract_language=number.contract_language or "",
        pin_kept=number.pin_encrypted != "",
    )


async def _notices(session: AsyncSession, number: WhatsAppNumber) -> list[NoticeRow]:
    query = (
        select(ConnectionNotice)
        .where(
            col(ConnectionNotice.account_id) == number.account_id,
            col(ConnectionNotice.connection_id) == number.connection_id,
            col(ConnectionNotice.dismissed_at).is_(None),
        )
        .order_by(col(ConnectionNotice.at).desc(), col(ConnectionNotice.id).desc())
        .limit(MAX_NOTICES)
    )
    rows = [_notice(notice) for notice in (await session.exec(query)).all()]
    return sorted(rows, key=lambda row: _GRAVEST_FIRST.index(row["severity"]))


_GRAVEST_FIRST = ("critical", "warning", "information")


def _notice(notice: ConnectionNotice) -> NoticeRow:
    told = notice.details
    parts = [told.get(name) for name in _WORDS]
    return NoticeRow(
        id=str(notice.id),
        event=notice.event,
        severity=notice.severity,
        at=millis(notice.at),
        until=int(told.get("until", 0)) * 1000,
        restrictions=list(told.get("restrictions", [])),
        words=" · ".join(part for part in parts if isinstance(part, str)),
    )


_WORDS = ("description", "violation", "remediation", "reason", "date", "name", "limit")
