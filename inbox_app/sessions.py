"""Who is signed in, by cookie: asked at every event and by routes, remembered for seconds."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from sqlalchemy.exc import SQLAlchemyError

from inbox_app import clock, web
from inbox_app.queries.accounts.live_sessions import live_sessions
from inbox_app.queries.accounts.signed_in import SignedIn, by_session
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts import sign_in
from inbox_app.vault import fingerprint

_REMEMBERED_SECONDS = 30.0
_NOTING_SECONDS = 0.5
_LOOK_EVERY_SECONDS = 2.0
_REMEMBERED_SESSIONS = 10_000
_log = logging.getLogger(__name__)

WhenEnded = Callable[[int], Awaitable[None]]
"""Told the id of a session that has just ended."""

OpenSessions = Callable[[], set[int]]
"""The ids of the sessions that hold something open."""

_known: OrderedDict[str, tuple[float, SignedIn]] = OrderedDict()
_when_ended: list[WhenEnded] = []
_held_open: list[OpenSessions] = []


def cookie_name() -> str:
    """`__Host-` binds the cookie to this very host; browsers take it over TLS only."""
    return "__Host-sid" if current_runtime().settings.is_https else "sid"


def token_in(cookie_header: str) -> str:
    """The session's secret that the browser sent along, or nothing."""
    return web.cookies(cookie_header).get(cookie_name(), "")


async def signed_in(cookie_header: str) -> SignedIn | None:
    """Who the `Cookie` header stands for, as of at most 30 seconds ago."""
    token = token_in(cookie_header)
    if not token:
        return None
    token_hash = fingerprint(token)
    known = _known.get(token_hash)
    if known is not None and time.monotonic() < known[0]:
        return known[1]
    return await _look_up(token_hash)


def csrf_token(who: SignedIn) -> str:
    """What the forms of this session carry, so that no other site can send them."""
    return current_runtime().vault.sign(str(who.session_id), "csrf")


def is_csrf_token(who: SignedIn, given: str) -> bool:
    """Whether the form came from a page of this session."""
    return current_runtime().vault.is_signed(str(who.session_id), "csrf", given)


def when_ended(tell: WhenEnded, of: OpenSessions = set) -> None:
    """From now on `tell` hears of every session that ends: its sockets must close. Which `of`
    holds open are looked at too."""
    _when_ended.append(tell)
    _held_open.append(of)


@asynccontextmanager
async def looking() -> AsyncIterator[None]:
    """A lifespan: sessions that end elsewhere, at a command line, end here within seconds."""
    task = asyncio.create_task(_keep_looking())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def drop_ended() -> None:
    """Forget the sessions that have ended since they were looked at last, and tell of them."""
    held_open = {who.session_id for _, who in _known.values()}.union(*(of() for of in _held_open))
    if not held_open:
        return
    async with current_runtime().database.reading() as session:
        ended = held_open - await live_sessions(session, held_open, clock.real_now())
    for token_hash in [key for key, (_, who) in _known.items() if who.session_id in ended]:
        del _known[token_hash]
    for session_id in ended:
        await _tell(session_id)


async def end(token: str) -> None:
    """Sign this device out, and tell who holds something open for it."""
    who = await _read(fingerprint(token))
    async with current_runtime().database.transaction() as session:
        await sign_in.end(session, fingerprint(token))
    _known.pop(fingerprint(token), None)
    if who is not None:
        await _tell(who.session_id)


def forget(user_id: int) -> None:
    """What is remembered of this person is out of date: language, theme, role."""
    for token_hash in [key for key, (_, who) in _known.items() if who.user_id == user_id]:
        del _known[token_hash]


async def _tell(session_id: int) -> None:
    for tell in _when_ended:
        await tell(session_id)


async def _keep_looking() -> None:
    while True:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        try:
            await drop_ended()
        except Exception as error:
            _log.warning("ended sessions could not be looked for: %s", type(error).__name__)


async def _look_up(token_hash: str) -> SignedIn | None:
    who = await _read(token_hash)
    _known.pop(token_hash, None)
    if who is None:
        return None
    _remember(token_hash, who)
    if clock.real_now() - who.seen_at > sign_in.SEEN_EVERY:
        await _note_seen(who)
    return who


async def _read(token_hash: str) -> SignedIn | None:
    runtime, now = current_runtime(), clock.real_now()
    async with runtime.database.reading() as session:
        return await by_session(
            session, token_hash, now, demo_allowed=runtime.settings.sandbox_mode
        )


def _remember(token_hash: str, who: SignedIn) -> None:
    _known[token_hash] = (time.monotonic() + _REMEMBERED_SECONDS, who)
    while len(_known) > _REMEMBERED_SESSIONS:
        _known.popitem(last=False)


async def _note_seen(who: SignedIn) -> None:
    try:
        async with asyncio.timeout(_NOTING_SECONDS), current_runtime().database.transaction() as db:
            await sign_in.seen(db, who.session_id, clock.real_now())
    except (SQLAlchemyError, TimeoutError):
        # A disk that is full must not sign people out, nor one that is locked keep them waiting.
        _log.warning("could not note that session %s is in use", who.session_id, exc_info=True)
