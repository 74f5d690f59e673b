"""Connecting a number: what Meta must say first, and one number for one account (C3, C4)."""

import asyncio
from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.channels.whatsapp.graph.numbers import read_number
from inbox_app.database import Database
from inbox_app.models import Connection, ConnectionState, EventState, InboundEvent
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.connecting import connect
from inbox_app.services.connecting.connect import ConnectError, Contract, Number, Secrets
from tests.support.factories import PHONE_NUMBER_ID, WABA_ID, World, add, make_account

pytestmark = pytest.mark.anyio


def number(phone_number_id: str = PHONE_NUMBER_ID) -> Number:
    return Number(
        phone_number_id=phone_number_id,
        waba_id=WABA_ID,
        details=read_number(
            {"display_phone_number": "+39 0541 555100", "verified_name": "Case del Sole"}
        ),
    )


async def record(
    database: Database, account_id: int, now: datetime, phone_number_id: str = PHONE_NUMBER_ID
) -> int:
    async with database.transaction() as session:
        made = await connect.record(
            session,
            account_id,
            number(phone_number_id),
            Secrets(token="encrypted"),
            Contract(accepted_at=now),
            now,
        )
        await session.flush()
        return made.connection_id


async def test_a_second_number_is_refused_with_a_sentence(
    database: Database, world: World, now: datetime
) -> None:
    with pytest.raises(ConnectError, match="exactly one number"):
        await record(database, world.account_id, now, "another")


async def test_a_number_of_another_account_is_refused(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        other = await make_account(session, now)
    with pytest.raises(ConnectError, match="another account"):
        await record(database, other, now)


async def test_nobodys_account_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(ConnectError, match="no such account"):
        await record(database, 4711, now)


@pytest.mark.postgresql("two at once")
async def test_of_two_numbers_at_once_one_is_connected(database: Database, now: datetime) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
    attempts = (record(database, account, now, str(attempt)) for attempt in range(5))
    ends = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(end, int) for end in ends) == 1
    refusals = [end for end in ends if not isinstance(end, int)]
    assert all(isinstance(end, ConnectError) for end in refusals)
    assert all("exactly one number" in str(end) for end in refusals)


@pytest.mark.postgresql("its statements")
async def test_connecting_the_same_number_again_renews_its_row(
    database: Database, world: World, now: datetime
) -> None:
    async with database.transaction() as session:
        row = await session.get_one(Connection, world.connection_id)
        row.state, row.state_reason = ConnectionState.CREDENTIALS_REFUSED, "expired"
        session.add(row)
    assert await record(database, world.account_id, now) == world.connection_id
    async with database.reading() as session:
        number = await active_number(session, world.account_id)
    assert number is not None
    row = number.connection
    assert (row.state, row.state_reason) == (ConnectionState.ACTIVE, "")
    assert (row.credentials_encrypted, number.contract_accepted_at) == ("encrypted", now)


@pytest.mark.postgresql("its statements")
async def test_after_disconnecting_another_number_may_come_and_the_first_come_back(
    database: Database, world: World, now: datetime
) -> None:
    for phone_number_id in ("another", PHONE_NUMBER_ID):
        async with database.transaction() as session:
            await connect.disconnect(session, world.account_id, now)
        await record(database, world.account_id, now, phone_number_id)
    async with database.reading() as session:
        rows = (await session.exec(select(Connection).order_by(col(Connection.id)))).all()
    assert [(row.external_id, row.state) for row in rows] == [
        (PHONE_NUMBER_ID, ConnectionState.ACTIVE),
        ("another", ConnectionState.DISCONNECTED),
    ]
    assert rows[1].credentials_encrypted == ""


async def test_disconnecting_what_is_not_connected_is_refused(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
        with pytest.raises(ConnectError, match="no connected number"):
            await connect.disconnect(session, account, now)


@pytest.mark.postgresql("its statements")
async def test_events_that_waited_for_the_number_are_taken_up_again(
    database: Database, now: datetime
) -> None:
    async with database.transaction() as session:
        account = await make_account(session, now)
        for waited_for in (PHONE_NUMBER_ID, "somebody else's"):
            await add(
                session,
                InboundEvent(
                    channel=WHATSAPP,
                    body=b"{}",
                    state=EventState.FAILED,
                    unknown_endpoint=waited_for,
                    received_at=now,
                ),
            )
    await record(database, account, now)
    async with database.reading() as session:
        states = (
            await session.exec(select(InboundEvent.state).order_by(col(InboundEvent.id)))
        ).all()
    assert states == [EventState.RECEIVED, EventState.FAILED]
