"""People who have written to us, as the tables know them."""

from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import phones
from inbox_app.models import Address, AddressAlias, AliasKind, Conversation, CustomerWindow
from tests.support.factories import PHONE_NUMBER_ID, World, add

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
    address = await add(session, Address(account_id=account_id, wa_id=wa_id, created_at=NEVER))
    await add(
        session,
        AddressAlias(
            account_id=account_id,
            address_id=address.id,
            kind=AliasKind.PHONE,
            value=phones.canonical(wa_id),
        ),
    )
    if at is not None:
        window = CustomerWindow(
            account_id=account_id,
            phone_number_id=PHONE_NUMBER_ID,
            address_id=address.id,
            last_inbound_at=at,
        )
        await add(session, window)
    conversation = Conversation(
        account_id=account_id, address_id=address.id, arrived_at=NEVER, created_at=NEVER, unread=1
    )
    return (await add(session, conversation)).id
