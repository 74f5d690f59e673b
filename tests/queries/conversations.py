"""Conversations for the tests of what screens show."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import PHONE
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.domain.messages import Direction, MessageKind
from inbox_app.models import (
    Accommodation,
    Address,
    AddressAlias,
    Conversation,
    LastInbound,
    Message,
    Reservation,
    ReservationGuest,
)
from inbox_app.models.base import Table
from inbox_app.services.conversations.reckon_waiting import reckon_waiting
from inbox_app.services.search.index_messages import index_messages, said_by
from tests.support.factories import add, add_all, connection_of


async def begin(
    session: AsyncSession, account_id: int, now: datetime, wa_id: str | None, **columns: Any
) -> Conversation:
    """A conversation with whoever writes from ``wa_id``, or with nobody yet."""
    rows: list[Table] = []
    address_id = None
    if wa_id:
        address = await add(
            session, Address(account_id=account_id, channel=WHATSAPP, value=wa_id, created_at=now)
        )
        address_id = address.id
        alias: dict[str, Any] = {"channel": WHATSAPP, "kind": PHONE, "value": wa_id}
        rows.append(AddressAlias(account_id=account_id, address_id=address.id, **alias))
    values: dict[str, Any] = {"channel": WHATSAPP, "arrived_at": now, "created_at": now}
    conversation = Conversation(account_id=account_id, address_id=address_id, **(values | columns))
    await add_all(session, *rows, conversation)
    return conversation


async def say(
    session: AsyncSession, conversation: Conversation, at: datetime, text: str, **columns: Any
) -> Message:
    """A message, with what its arrival changes in the conversation."""
    values: dict[str, Any] = {
        "direction": Direction.IN,
        "kind": MessageKind.TEXT,
        "text": text,
        "sent_at": at,
        "created_at": at,
    }
    if "error_code" in columns:
        values["remedy"] = remedy_of(columns["error_code"])
    message = await add(
        session,
        Message(
            account_id=conversation.account_id,
            conversation_id=conversation.id,
            **(values | columns),
        ),
    )
    await index_messages(await session.connection(), [said_by(message)])
    conversation.last_message_id, conversation.arrived_at = message.id, at
    conversation.unread += message.direction is Direction.IN
    session.add(conversation)
    await session.flush()
    await reckon_waiting(await session.connection(), [conversation.id])
    await session.refresh(conversation)
    return message


async def open_window(session: AsyncSession, conversation: Conversation, last: datetime) -> None:
    """They last wrote at ``last``."""
    assert conversation.address_id is not None
    connection = await connection_of(session, conversation.account_id)
    await add(
        session,
        LastInbound(
            account_id=conversation.account_id,
            connection_id=connection.id,
            address_id=conversation.address_id,
            last_inbound_at=last,
        ),
    )


async def book(
    session: AsyncSession, account_id: int, actor_id: int, now: datetime, code: str, **columns: Any
) -> ReservationGuest:
    """A confirmed stay of four nights from ``now`` on, in a home of its own, in Rome unless a
    ``timezone`` is among the columns."""
    zone = columns.pop("timezone", "Europe/Rome")
    home = await add(
        session,
        Accommodation(account_id=account_id, name=f"Casa {code}", timezone=zone, created_at=now),
    )
    values: dict[str, Any] = {
        "check_in": now.date(),
        "check_out": now.date() + timedelta(days=4),
        "status": "confirmed",
    }
    reservation = await add(
        session,
        Reservation(
            account_id=account_id,
            code=code,
            accommodation_id=home.id,
            created_at=now,
            **(values | columns),
        ),
    )
    return await add(
        session,
        ReservationGuest(account_id=account_id, reservation_id=reservation.id, actor_id=actor_id),
    )
