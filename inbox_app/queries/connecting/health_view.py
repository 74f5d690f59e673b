"""The connected number and how it fares, as the settings page shows it (product.md C6)."""

from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Connection, ConnectionNotice, ConnectionState
from inbox_app.queries.connecting.rows import NO_HEALTH, HealthRow, NoticeRow
from inbox_app.queries.inbox.send_facts import active_connection
from inbox_app.queries.people.names import user_name
from inbox_app.web import millis

MOST_NOTICES = 20


@dataclass(frozen=True, slots=True)
class HealthView:
    """The connection, and what Meta has said of it by itself."""

    health: HealthRow
    notices: list[NoticeRow]


async def health_view(session: AsyncSession, account_id: int) -> HealthView:
    """As it stands now; nothing but the state when there is no number."""
    connection = await active_connection(session, account_id)
    if connection is None:
        return HealthView(NO_HEALTH, [])
    name = await user_name(session, account_id, connection.contract_accepted_by)
    return HealthView(_health(connection, name), await _notices(session, connection))


def _health(connection: Connection, accepted_by: str) -> HealthRow:
    refused = connection.state is ConnectionState.CREDENTIALS_REFUSED
    return HealthRow(
        state="refused" if refused else "active",
        reason=connection.state_reason,
        display=connection.display_phone_number,
        name=connection.verified_name,
        phone_number_id=connection.phone_number_id,
        waba_id=connection.waba_id,
        quality=connection.quality_rating or "",
        limit=connection.messaging_limit or "",
        number_status=connection.number_status or "",
        name_status=connection.name_status or "",
        subscribed={True: "yes", False: "no", None: ""}[connection.subscribed],
        token_expires_at=millis(connection.token_expires_at),
        last_webhook_at=millis(connection.last_webhook_at),
        checked_at=millis(connection.checked_at),
        unreachable_since=millis(connection.unreachable_since),
        connected_at=millis(connection.connected_at or connection.created_at),
        accepted_at=millis(connection.contract_accepted_at),
        accepted_by=accepted_by,
        contract_version=connection.contract_version,
        contract_language=connection.contract_language or "",
        pin_kept=connection.pin_encrypted != "",
    )


async def _notices(session: AsyncSession, connection: Connection) -> list[NoticeRow]:
    query = (
        select(ConnectionNotice)
        .where(
            col(ConnectionNotice.account_id) == connection.account_id,
            col(ConnectionNotice.connection_id) == connection.id,
            col(ConnectionNotice.dismissed_at).is_(None),
        )
        .order_by(col(ConnectionNotice.at).desc(), col(ConnectionNotice.id).desc())
        .limit(MOST_NOTICES)
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
