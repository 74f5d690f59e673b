"""What is looked at, one thing a check."""

import os
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

from cryptography.fernet import InvalidToken
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import col, select

from inbox_app import clock
from inbox_app.channels.registry import channel_of
from inbox_app.channels.whatsapp.channel import WHATSAPP
from inbox_app.config.settings import GOOD_SECRET
from inbox_app.database import sqlite
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.models import Connection, ConnectionState
from inbox_app.operating import migrations, redis_probe
from inbox_app.operating.doctor.check_storage import files_are_there, storage_works
from inbox_app.operating.doctor.findings import Finding
from inbox_app.operating.private_files import open_to_others
from inbox_app.queries.accounts.signed_in import is_empty
from inbox_app.queries.operations import failed_reasons, queues
from inbox_app.runtime import Runtime
from inbox_app.workflows.graph_connection import refusal_of_app
from inbox_app.workflows.mail import smtp

_ENOUGH_DISK = 200 * 1024 * 1024
_LATE = timedelta(minutes=10)
_MEND_META = "docs/going-live.md says where Meta shows it."
_MEND_CONNECTION = "Connect again with bin/inbox connect and a new token."
_MEND_STOPPED = "Start the server; if it runs, its log says what stops it."


class NoDatabaseError(Exception):
    """Nothing more can be looked at."""


async def _secret_key(runtime: Runtime) -> AsyncIterator[Finding]:
    if len(runtime.settings.secret_key.get_secret_value()) < GOOD_SECRET:
        yield Finding(
            f"SECRET_KEY has fewer than {GOOD_SECRET} characters: it can be guessed.",
            "Make another, for example by: openssl rand -base64 48. Then connect WhatsApp again.",
            note=runtime.settings.sandbox_mode,
        )


async def _settings(runtime: Runtime) -> AsyncIterator[Finding]:
    given = runtime.settings
    if given.sandbox_mode:
        yield Finding("Sandbox mode: nothing reaches Meta.", "docs/going-live.md.", note=True)
        if not given.is_local:
            yield Finding(
                "The sandbox, whose sign-in everybody knows, is open to the network.",
                "Set META_APP_SECRET and SANDBOX=0, or HOST and PUBLIC_URL to this machine.",
            )
        return
    if not given.app_secrets:
        yield Finding("META_APP_SECRET is not set: webhooks are refused.", _MEND_META)
    if not given.verify_token:
        yield Finding("META_VERIFY_TOKEN is not set: Meta cannot subscribe.", _MEND_META)
    if not given.is_https:
        yield Finding(
            "PUBLIC_URL is not https: Meta posts webhooks to https only.",
            "Put a proxy with a certificate in front and set PUBLIC_URL to its address.",
        )


async def _app(runtime: Runtime) -> AsyncIterator[Finding]:
    problem = None if runtime.settings.sandbox_mode else await refusal_of_app(runtime)
    if problem is not None:
        yield Finding(
            f"Meta refuses META_APP_ID and META_APP_SECRET: «{problem.title}».", _MEND_META
        )


async def _disk(runtime: Runtime) -> AsyncIterator[Finding]:
    free = shutil.disk_usage(runtime.settings.data_dir).free
    if free < _ENOUGH_DISK:
        yield Finding(
            f"DATA_DIR has only {free // 1024**2} MB left.", "Make room, or move it elsewhere."
        )


async def _rights(runtime: Runtime) -> AsyncIterator[Finding]:
    given = runtime.settings
    if not os.access(given.data_dir, os.W_OK):
        yield Finding(
            f"DATA_DIR {given.data_dir} cannot be written: its disk is read-only, or it is another"
            " user's.",
            "Mount the disk for writing, or give the folder to the user who runs the server.",
        )
    for file in open_to_others(given.database_url, given.data_dir):
        yield Finding(f"{file} can be read by others on this machine.", f"chmod 600 {file}")


async def _redis(runtime: Runtime) -> AsyncIterator[Finding]:
    url = runtime.settings.redis_url
    if url and (why := await redis_probe.why_away(url)):
        yield Finding(
            f"The Redis of REDIS_URL does not answer: {why}.",
            "Start it, or leave REDIS_URL out: one process needs none.",
        )


async def _mail(runtime: Runtime) -> AsyncIterator[Finding]:
    address = runtime.settings.smtp_address
    if address is None:
        yield Finding("No mail is sent: links are handed on.", "Set SMTP_URL.", note=True)
    elif why := await smtp.why_away(address):
        yield Finding(f"The mail server of SMTP_URL takes nothing: {why}.", "Check SMTP_URL.")


async def _database(runtime: Runtime) -> AsyncIterator[Finding]:
    try:
        await runtime.database.ping()
        current = await migrations.is_current(runtime.database)
    except (SQLAlchemyError, OSError) as error:
        if isinstance(error, DBAPIError) and sqlite.is_readonly(error):
            raise NoDatabaseError("it cannot be written") from None
        raise NoDatabaseError(type(getattr(error, "orig", error)).__name__) from None
    if not current:
        yield Finding("The database has another version's tables.", "Start bin/run: it migrates.")
        raise NoDatabaseError("its tables are not ours")


async def _accounts(runtime: Runtime) -> AsyncIterator[Finding]:
    async with runtime.database.reading() as session:
        empty = await is_empty(session)
    if empty:
        yield Finding(
            "There is no account: nobody can sign in.",
            f"Open {runtime.settings.public_url}/setup, or run bin/inbox account create.",
            note=runtime.settings.sandbox_mode,
        )


async def _connections(runtime: Runtime) -> AsyncIterator[Finding]:
    async with runtime.database.reading() as session:
        query = select(Connection).where(col(Connection.channel) == WHATSAPP)
        connections = list((await session.exec(query)).all())
    in_use = [row for row in connections if row.state is not ConnectionState.DISCONNECTED]
    if not in_use:
        yield Finding("No WhatsApp number is connected.", "bin/inbox connect.", note=True)
    for connection in in_use:
        async for finding in _connection(runtime, connection):
            yield finding


async def _connection(runtime: Runtime, connection: Connection) -> AsyncIterator[Finding]:
    whose = f"The connection of account {connection.account_id}"
    if connection.state is ConnectionState.CREDENTIALS_REFUSED:
        yield Finding(f"{whose}: Meta refuses its credentials.", _MEND_CONNECTION)
        return
    try:
        token = runtime.vault.decrypt(connection.credentials_encrypted)
    except InvalidToken:
        yield Finding(
            f"{whose}: SECRET_KEY is not the one that its token was encrypted with.",
            "Put the old SECRET_KEY back, or connect again.",
        )
        return
    if connection.last_event_at is None and not runtime.settings.sandbox_mode:
        yield Finding(f"{whose}: no webhook has come yet.", _MEND_META, note=True)
    if not runtime.settings.sandbox_mode:
        async for finding in _health(runtime, connection, token, whose):
            yield finding


async def _health(
    runtime: Runtime, connection: Connection, token: str, whose: str
) -> AsyncIterator[Finding]:
    channel = channel_of(connection.channel)
    health = await channel.health(runtime.http, token, connection.external_id)
    failure = health.failure
    if failure is None:
        for note in health.notes:
            yield Finding(f"{whose}: {note}.", "Look in WhatsApp Manager.", note=True)
    elif not failure.words:
        yield Finding(f"{whose}: Meta cannot be reached.", "Check the network and META_GRAPH_URL.")
    else:
        bad = failure.remedy in {Remedy.RECONNECT, Remedy.NOT_FOUND}
        mend = _MEND_CONNECTION if bad else "Try again in a minute."
        yield Finding(f"{whose}: Meta says «{failure.words}».", mend)


async def _queues(runtime: Runtime) -> AsyncIterator[Finding]:
    async with runtime.database.reading() as session:
        found, reasons = await queues(session), await failed_reasons(session)
    if found.events_failed:
        why = "; ".join(f"{reason} ({count})" for reason, count in reasons)
        yield Finding(
            f"{found.events_failed} webhook events could not be understood: {why}.",
            "Mend the cause, then run bin/inbox webhooks replay --failed.",
        )
    if found.oldest_event_at and clock.now() - found.oldest_event_at > _LATE:
        yield Finding(f"{found.events_waiting} webhook events wait.", _MEND_STOPPED)
    if found.oldest_outbox_at and clock.real_now() - found.oldest_outbox_at > _LATE:
        yield Finding(f"{found.outbox_waiting} messages have not left.", _MEND_STOPPED)


CHECKS: tuple[Callable[[Runtime], AsyncIterator[Finding]], ...] = (
    _settings,
    _app,
    _secret_key,
    _disk,
    _rights,
    storage_works,
    _redis,
    _mail,
    _database,
    files_are_there,
    _accounts,
    _connections,
    _queues,
)
"""In this order: without a database there is nothing for the later ones to look at."""
