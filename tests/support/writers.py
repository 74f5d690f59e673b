"""People who have written to us, as the tables know them."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.inbound import PHONE
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.domain.people import phones
from inbox_app.models import Address, AddressAlias, Conversation, LastInbound
from inbox_app.models.base import Table
from tests.support.factories import World, add, add_all, connection_of

NEVER = datetime(2026, 11, 1, tzinfo=UTC)


async def a_person_wrote(
    session: AsyncSession,
    world: World,
    at: datetime | None,
    wa_id: str,
    *,
    account_id: int | None = None,
) -> int:
    """The conversation of somebody whose last message came `at`; None: they have never written."""
    account_id = account_id or world.account_id
    address = await add(
        session, Address(account_id=account_id, channel=WHATSAPP, value=wa_id, created_at=NEVER)
    )
    rows: list[Table] = [
        AddressAlias(
            account_id=account_id,
            address_id=address.id,
            channel=WHATSAPP,
            kind=PHONE,
            value=phones.canonical(wa_id),
        )
    ]
    if at is not None:
        connection = await connection_of(session, account_id)
        window = LastInbound(
            account_id=account_id,
            connection_id=connection.id,
            address_id=address.id,
            last_inbound_at=at,
        )
        rows.append(window)
    conversation = Conversation(
        account_id=account_id,
        channel=WHATSAPP,
        address_id=address.id,
        arrived_at=NEVER,
        created_at=NEVER,
        unread=1,
    )
    await add_all(session, *rows, conversation)
    return conversation.id
