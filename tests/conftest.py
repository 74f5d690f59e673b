"""What all tests share: a fixed time, a database of each kind, and a little world in it."""

import asyncio
import filecmp
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url
from sqlmodel import SQLModel
from xdist.remote import Producer

import inbox_app.models  # noqa: F401  fills the metadata
from inbox_app.channel_setup import register_channels
from inbox_app.database import Database
from inbox_app.operating.migrations import migrate
from tests.support.factories import World, make_world
from tests.support.groups import GroupScheduling, rank
from tests.support.machine import NO_POSTGRES, POSTGRES, keep_files_in_memory
from tests.support.statements import share_compiled_statements

_DATABASES = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}


register_channels()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> GroupScheduling:
    """Keep together, in one of the processes side by side, what shares costly fixtures."""
    return GroupScheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the longest, where there are processes side by side."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank(item.nodeid))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres-everywhere",
        action="store_true",
        help="run every test that takes a database on PostgreSQL too, not only those marked",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run on PostgreSQL too what is marked so."""
    if "database_url" in metafunc.fixturenames:
        everywhere = metafunc.config.getoption("--postgres-everywhere")
        on_both = everywhere or metafunc.definition.get_closest_marker("postgresql")
        kinds = ["sqlite", "postgresql"] if on_both else ["sqlite"]
        fixtures = [_DATABASES[kind] for kind in kinds]
        metafunc.parametrize("database_url", fixtures, ids=kinds, indirect=True)


def pytest_configure() -> None:
    keep_files_in_memory()
    share_compiled_statements()
    settings.register_profile(
        "slow too", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("slow too")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with all tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    migrate(f"sqlite+aiosqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_url(postgres_database: str) -> str:
    """A migrated PostgreSQL database of this run's own."""
    migrate(postgres_database)
    return postgres_database


@pytest.fixture(scope="session")
def postgres_database() -> Iterator[str]:
    name = f"inbox_test_{os.getpid()}"
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip(NO_POSTGRES)
    with server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
        # No test pulls its plug.
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off'.encode())
        url = make_url(POSTGRES).set(drivername="postgresql+psycopg", database=name)
        yield url.render_as_string(hide_password=False)
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """A migrated SQLite database of this test's own."""
    file = tmp_path / "inbox.db"
    copyfile(migrated_file, file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    """For what does not depend on which database it is."""
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with all tables; a test marked «postgresql» runs once on each kind."""
    return request.getfixturevalue(request.param)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The empty database, opened; a test marked «postgresql» runs once on each kind."""
    database = Database(database_url)
    yield database
    if not database.is_sqlite:
        await empty(database)
    await database.close()


@pytest.fixture
async def world(
    database: Database, now: datetime, migrated_file: Path, furnished_file: tuple[Path, World]
) -> World:
    """«Case del Sole», its number connected, and the people it talks with."""
    file = database.engine.url.database or ""
    if database.is_sqlite and filecmp.cmp(file, migrated_file, shallow=False):
        furnished, world = furnished_file
        copyfile(furnished, file)
        return world
    async with database.transaction() as session:
        return await make_world(session, now)


@pytest.fixture(scope="session")
def furnished_file(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, World]:
    """An SQLite database with that world in it: to copy it takes a tenth of making it."""
    file = tmp_path_factory.mktemp("furnished") / "world.db"
    copyfile(migrated_file, file)
    return file, asyncio.run(_furnish(f"sqlite+aiosqlite:///{file}"))


async def _furnish(url: str) -> World:
    database = Database(url)
    async with database.transaction() as session:
        world = await make_world(session, NOW)
    await database.close()
    return world


async def empty(database: Database) -> None:
    """Forget all rows of a PostgreSQL database, in one statement. TRUNCATE would make new files: a
    tenth of a second, hundreds of times."""
    tables = reversed(SQLModel.metadata.sorted_tables)
    deletes = " ".join(f'DELETE FROM "{table.name}";' for table in tables)  # noqa: S608 - our own names
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql(f"DO $$ BEGIN {deletes} END $$")
