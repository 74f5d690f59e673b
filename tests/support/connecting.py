"""A company that connects its number: what its admin gives, and the loop that takes the steps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import contract
from inbox_app.cli.whatsapp import connected
from inbox_app.database import Database
from inbox_app.jobs import connect_queue
from inbox_app.live import Change
from inbox_app.models import Connection, ConnectionSetup, WhatsAppNumber
from inbox_app.runtime import Runtime
from inbox_app.sandbox.simulator.people import CODE, NUMBERS, TOKEN, Number
from inbox_app.services.connecting import connection_setup
from inbox_app.services.connecting.connection_setup import Credentials
from inbox_app.services.connecting.meet_requirements import Requirement, accept_contract, check_off
from tests.support.factories import make_account, make_user
from tests.support.servers.simulated_meta import Clock, Meta, simulated_meta

SECOND, NEW = NUMBERS[1], NUMBERS[2]
"""Of one business account; the latter nobody has registered yet."""
Row = TypeVar("Row", bound=SQLModel)


@dataclass
class ConnectHarness:
    """A fresh account, and the simulator in place of Meta."""

    database: Database
    account_id: int
    user_id: int
    clock: Clock
    meta: Meta
    runtime: Runtime
    changes: list[Change]

    async def all_but_the_number(self) -> None:
        """The three requirements."""
        async with self.database.transaction() as session:
            await self.check_off_all(session)

    async def check_off_all(self, session: AsyncSession) -> None:
        now = self.clock.now()
        for requirement in Requirement:
            await check_off(session, self.account_id, requirement, True, now)
        await accept_contract(
            session, self.account_id, self.user_id, version=contract.VERSION, language="it", now=now
        )

    def typed(self, number: Number, token: str = TOKEN, pin: str = "") -> Credentials:
        vault = self.runtime.vault
        return Credentials(
            phone_number_id=number.phone_number_id,
            waba_id=number.waba_id,
            token=vault.encrypt(token),
            pin=vault.encrypt(pin) if pin else "",
        )

    async def at_the_command_line(
        self, number: Number, *, token: str = TOKEN, pin: str = ""
    ) -> WhatsAppNumber:
        return await connected(self.runtime, self.account_id, self.typed(number, token, pin))

    async def by_hand(self, number: Number = SECOND, *, token: str = TOKEN, pin: str = "") -> None:
        given = self.typed(number, token, pin)
        async with self.database.transaction() as session:
            await connection_setup.begin_by_hand(
                session, self.account_id, self.user_id, given, self.clock.now()
            )

    async def by_facebook(
        self, phone_number_id: str = "", waba_id: str = "", code: str = f"{CODE}1"
    ) -> None:
        given = Credentials(phone_number_id=phone_number_id, waba_id=waba_id)
        sealed = self.runtime.vault.encrypt(code)
        async with self.database.transaction() as session:
            await connection_setup.begin_signup(
                session, self.account_id, self.user_id, given, sealed, self.clock.now()
            )

    async def retry(self, **given: str) -> None:
        sealed = {name: self.runtime.vault.encrypt(value) for name, value in given.items()}
        async with self.database.transaction() as session:
            await connection_setup.retry(
                session, self.account_id, self.user_id, self.clock.now(), **sealed
            )

    async def drain(self) -> None:
        await connect_queue.drain_once(self.runtime, self.clock.now)

    async def setup(self) -> ConnectionSetup:
        return await self.only(ConnectionSetup)

    async def number(self) -> WhatsAppNumber:
        return await self.only(WhatsAppNumber)

    async def connection(self) -> Connection:
        return await self.only(Connection)

    async def only(self, table: type[Row]) -> Row:
        [row] = await self.all(table)
        return row

    async def all(self, table: type[Row]) -> list[Row]:
        """The account's."""
        query = select(table).where(col(table.account_id) == self.account_id)  # pyright: ignore[reportAttributeAccessIssue]
        async with self.database.reading() as session:
            return list((await session.exec(query)).all())

    def asked(self) -> list[str]:
        """What Meta was asked, without the version and the queries."""
        paths = (call.url.path.split("/v25.0/")[1] for call in self.meta.wire.calls)
        return [f"{call.method} {path}" for call, path in zip(self.meta.wire.calls, paths)]  # noqa: B905

    def break_meta(self, **switches: Any) -> None:
        self.meta.simulator.faults.set(switches)

    def mend_meta(self) -> None:
        self.meta.simulator.faults.clear()


@asynccontextmanager
async def connect_harness(
    database: Database, now: datetime, folder: Path
) -> AsyncIterator[ConnectHarness]:
    clock = Clock(now)
    meta = simulated_meta(clock)
    runtime = meta.runtime(database, folder)
    async with database.transaction() as session:
        account_id = await make_account(session, now)
        user = await make_user(session, account_id, now, "admin@altra.it")
    changes: list[Change] = []
    runtime.live.listen(changes.append)
    yield ConnectHarness(database, account_id, user.id, clock, meta, runtime, changes)
    await meta.simulator.close()
    await runtime.http.aclose()
