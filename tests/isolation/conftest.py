"""Two companies in one installation, served for real: what is whose, and how to sign in."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.database import Database
from inbox_app.domain.messages import DeliveryStatus, Direction
from inbox_app.models import Actor, Address, Connection, Draft, Role, Session, Template
from inbox_app.operating.migrations import migrate
from inbox_app.vault import fingerprint
from tests.queries.conversations import begin, book, open_window, say
from tests.support.factories import World, add, make_account, make_user, make_world
from tests.support.patience import PATIENCE
from tests.support.samples import webhook_bodies
from tests.support.servers.serving import serving
from tests.support.templates import here

SECRET = "segretissimo"
OWNERS_COOKIE = "sid=the-owner-of-it-all"
INTRUDERS_COOKIE = "sid=the-intruder"
AGENTS_COOKIE = "sid=an-agent-of-the-owners"
_APP_SECRET = "the app secret of the two companies"
_MOVES_BY_ITSELF = {"lease", "figures_mark", "daily_figure", "weekly_figure", "open_wait"}


@dataclass(frozen=True, slots=True)
class Companies:
    """A server, and the first company's ids as a page would show them."""

    url: str
    database: Path
    log: Path
    conversation_id: str
    stranger_id: str
    """The conversation with somebody whom nobody knows."""
    ada_id: str
    failed_message_id: str
    template_id: str
    """Ready to be sent."""
    paused_template_id: str
    refused_template_id: str

    def receive(self, text: str) -> None:
        """Ada writes to the first company."""
        message = webhook_bodies.text(f"wamid.{uuid4().hex}", text, clock.real_now())
        body = webhook_bodies.post(webhook_bodies.change(messages=[message]))
        signature = {"X-Hub-Signature-256": webhook_bodies.sign(body, _APP_SECRET)}
        answer = httpx.post(
            f"{self.url}/webhooks/whatsapp", content=body, headers=signature, timeout=PATIENCE
        )
        answer.raise_for_status()

    def dump(self) -> dict[str, list[str]]:
        """All rows of all tables, but the lease and the figures, which move by themselves, and what
        the intruder may do to an account of their own."""
        engine = create_engine(f"sqlite:///{self.database}")
        with engine.connect() as connection:
            dump = {
                table.name: [
                    repr(row)
                    for row in connection.execute(text(f'SELECT * FROM "{table.name}" ORDER BY 1'))  # noqa: S608 - our own names
                    if row._mapping.get("account_id") in {None, 1}
                ]
                for table in SQLModel.metadata.sorted_tables
                if table.name not in _MOVES_BY_ITSELF
            }
        engine.dispose()
        return dump


@pytest.fixture(scope="session")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Companies]:
    with _two_companies(tmp_path_factory.mktemp("companies")) as served:
        yield served


@pytest.fixture
def changed_companies(tmp_path: Path) -> Iterator[Companies]:
    """Of this test alone, which changes them."""
    with _two_companies(tmp_path) as served:
        yield served


@contextmanager
def _two_companies(data_dir: Path) -> Iterator[Companies]:
    """Not in sandbox mode: there, simulated phones may write, whoever holds them."""
    database = data_dir / "inbox.db"
    migrate(f"sqlite+aiosqlite:///{database}")
    ids = asyncio.run(_furnish(f"sqlite+aiosqlite:///{database}"))
    with serving(data_dir, SANDBOX="0", META_APP_SECRET=_APP_SECRET) as served:
        yield Companies(served.url, database, served.log, *ids)


async def _furnish(url: str) -> list[str]:
    database, now = Database(url), clock.real_now()
    async with database.transaction() as session:
        world = await make_world(session, now)
        ids = await _fill(session, world, now)
        (await session.get_one(Connection, world.connection_id)).checked_at = now
        await _sign_in(session, world.account_id, world.marta_id, OWNERS_COOKIE, now)
        agent = await make_user(session, world.account_id, now, "agent@casedelsole.it")
        agent.role = Role.AGENT
        await _sign_in(session, world.account_id, agent.id, AGENTS_COOKIE, now)
        other = await make_account(session, now)
        intruder = await make_user(session, other, now, "intruder@example.com")
        await _sign_in(session, other, intruder.id, INTRUDERS_COOKIE, now)
    await database.close()
    return ids


async def _fill(session: AsyncSession, world: World, now: datetime) -> list[str]:
    account = world.account_id
    talk = await begin(session, account, now, webhook_bodies.ADA, actor_id=world.ada_id)
    address = await session.get_one(Address, talk.address_id)
    address.profile_name = f"{SECRET} profile"
    for number in range(60):
        await say(session, talk, now - timedelta(minutes=60 - number), f"{SECRET} {number}")
    await open_window(session, talk, now)
    failed = {"direction": Direction.OUT, "status": DeliveryStatus.FAILED, "error_code": 131000}
    message = await say(session, talk, now, f"{SECRET} failed", **failed, status_at=now)
    await book(session, account, world.ada_id, now, SECRET, notes=f"{SECRET} notes")
    draft = {"account_id": account, "user_id": world.marta_id, "conversation_id": talk.id}
    await add(session, Draft(**draft, text=f"{SECRET} draft", updated_at=now))
    (await session.get_one(Actor, world.ada_id)).language = "en"
    ready = await _template(session, world, now, "en_GB")
    await _template(session, world, now, "it", language="it")
    paused = await _template(session, world, now, "paused", meta_status="PAUSED")
    refused = await _template(session, world, now, "refused", meta_status="REJECTED")
    stranger = await begin(session, account, now, "393401112233")
    await say(session, stranger, now - timedelta(days=3), f"{SECRET} who")
    ada = await session.get_one(Actor, world.ada_id)
    return [str(row.id) for row in (talk, stranger, ada, message, ready, paused, refused)]


async def _template(
    session: AsyncSession, world: World, now: datetime, name: str, **columns: Any
) -> Template:
    values = {"language": "en_GB", "text": f"{SECRET} template {name}"} | columns
    return await here(session, world, now, f"{SECRET}_{name.lower()}", **values)


async def _sign_in(
    session: AsyncSession, account_id: int, user_id: int, cookie: str, now: datetime
) -> None:
    await add(
        session,
        Session(
            account_id=account_id,
            user_id=user_id,
            token_hash=fingerprint(cookie.removeprefix("sid=")),
            created_at=now,
            seen_at=now,
        ),
    )
