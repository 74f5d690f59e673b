"""The two-step code of the account's number, for an admin who wants to note it down."""

from cryptography.fernet import InvalidToken

from inbox_app import runtime
from inbox_app.pages.session import SignedIn
from inbox_app.queries.send_facts import active_connection


async def pin_of(who: SignedIn) -> str:
    """The number's two-step code; "" when we do not know it."""
    held = runtime.current()
    async with held.database.reading() as session:
        connection = await active_connection(session, who.account_id)
    if connection is None or not connection.pin_encrypted:
        return ""
    try:
        return held.vault.decrypt(connection.pin_encrypted)
    except InvalidToken:
        return ""
