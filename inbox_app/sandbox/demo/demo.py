"""The demo account: made when the sandbox first starts, locked when sandbox mode is left."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.database import Database
from inbox_app.domain.files.outgoing_files import OutgoingFile
from inbox_app.models import (
    Account,
    Connection,
    ConnectionState,
    Conversation,
    Role,
    Session,
    User,
    WhatsAppNumber,
)
from inbox_app.runtime import Runtime
from inbox_app.sandbox.demo.history import History
from inbox_app.sandbox.demo.our_files import our_files
from inbox_app.sandbox.demo.sample_data import write_sample_data
from inbox_app.sandbox.demo.saved_replies import write_replies
from inbox_app.sandbox.demo.tasks import write_tasks
from inbox_app.sandbox.simulator.people import BUSINESS_NAME, DEMO_NUMBER, TOKEN
from inbox_app.sandbox.simulator.phones import Phones
from inbox_app.services.accounts.accounts import NewAccount, NewUser, create_account, create_user
from inbox_app.services.connecting.connect import CONTRACT_VERSION
from inbox_app.services.templates.request_refresh import request_refresh_of_all
from inbox_app.vault import Vault, hash_password

EMAIL = "demo@example.com"
PASSWORD = "demo-inbox"  # noqa: S105 - printed at every start of the sandbox
COLLEAGUE = "anna@example.com"
SILENT = {"chiara": 2, "antonio": 3, "lavanderia": 5, "elettrica": 6}
"""Who has never written, and how many days ago a conversation was begun with them: three cannot be
written to before a number is added, corrected or chosen."""


async def open_demo(runtime: Runtime, phones: Phones, now: datetime) -> None:
    """Make the demo account unless it is there; unlock it if it was locked."""
    password_hash = await asyncio.to_thread(hash_password, PASSWORD)
    async with runtime.database.reading() as session:
        is_there = (await session.exec(select(Account.id).where(_IS_DEMO))).first()
    files = {} if is_there else await our_files(runtime)
    async with runtime.database.transaction() as session:
        demo = (await session.exec(select(Account.id).where(_IS_DEMO))).first()
        if demo is None:
            phones.clear()
            await _make(session, phones, files, password_hash, runtime.vault, now)
        else:
            await _unlock(session, demo, runtime.vault.encrypt(TOKEN))
        await request_refresh_of_all(session, now)


async def lock_demo(database: Database, now: datetime) -> None:
    """Outside the sandbox nobody signs in to a demo account, who was is out, and nothing of it
    goes to Meta."""
    async with database.transaction() as session:
        demos = (await session.exec(select(Account.id).where(_IS_DEMO))).all()
        for demo in demos:
            people = update(User).where(col(User.account_id) == demo)
            await session.exec(people.values(disabled_at=now))
            await session.exec(delete(Session).where(col(Session.account_id) == demo))
            number = update(Connection).where(col(Connection.account_id) == demo)
            await session.exec(number.values(state=ConnectionState.DISCONNECTED))


_IS_DEMO = col(Account.demo).is_(True)


async def _unlock(session: AsyncSession, demo: int, token: str) -> None:
    locked = col(User.account_id) == demo, col(User.disabled_at).is_not(None)
    if (await session.exec(select(User.id).where(*locked))).first() is None:
        return
    await session.exec(update(User).where(*locked).values(disabled_at=None))
    number = update(Connection).where(
        col(Connection.account_id) == demo,
        col(Connection.external_id) == DEMO_NUMBER.phone_number_id,
    )
    await session.exec(number.values(state=ConnectionState.ACTIVE, credentials_encrypted=token))


async def _make(
    session: AsyncSession,
    phones: Phones,
    files: Mapping[str, OutgoingFile],
    password_hash: str,
    vault: Vault,
    now: datetime,
) -> None:
    admin = NewUser(email=EMAIL, password_hash=password_hash, name="Giulia Russo")
    user = await create_account(session, NewAccount(name=BUSINESS_NAME), admin, now)
    account = await session.get_one(Account, user.account_id)
    account.demo = True
    colleague = NewUser(
        email=COLLEAGUE, password_hash=password_hash, name="Anna Riva", role=Role.AGENT
    )
    session.add(_number(account.id, user.id, vault.encrypt(TOKEN), now))
    await session.flush()
    today = now.astimezone(ZoneInfo(account.timezone)).date()
    actors = await write_sample_data(session, account.id, today, now - timedelta(days=30), vault)
    session.add_all(
        _silent(account.id, actors[key], now - timedelta(days=days)) for key, days in SILENT.items()
    )
    await write_replies(session, account.id, now)
    await write_tasks(session, account.id, now)
    account_id = account.id
    await History(session, phones, account_id, user.id, now, files).tell()
    await create_user(session, account_id, colleague, now)


def _number(account_id: int, user_id: int, token: str, now: datetime) -> WhatsAppNumber:
    connection = Connection(
        account_id=account_id,
        channel=WHATSAPP,
        external_id=DEMO_NUMBER.phone_number_id,
        display_address=DEMO_NUMBER.display,
        display_name=BUSINESS_NAME,
        credentials_encrypted=token,
        connected_at=now,
        created_at=now,
        checked_at=now,
    )
    return WhatsAppNumber(
        account_id=account_id,
        connection=connection,
        waba_id=DEMO_NUMBER.waba_id,
        contract_accepted_at=now,
        contract_accepted_by=user_id,
        contract_version=CONTRACT_VERSION,
        contract_language="it",
        quality_rating="GREEN",
        messaging_limit="TIER_2K",
        number_status="CONNECTED",
        subscribed=True,
    )


def _silent(account_id: int, actor_id: int, began: datetime) -> Conversation:
    """Begun with somebody who has never written."""
    return Conversation(
        account_id=account_id,
        channel=WHATSAPP,
        actor_id=actor_id,
        arrived_at=began,
        created_at=began,
    )
