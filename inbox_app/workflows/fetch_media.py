"""Fetching a file that came with a message: from its channel to the storage, looked into on the
way, with no transaction open (M3)."""

import asyncio
import logging
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from cryptography.fernet import InvalidToken

from inbox_app.channels.outbound import FileUnavailableError
from inbox_app.channels.registry import channel_of
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.files.fetching import MAX_BYTES, FetchProblem
from inbox_app.domain.files.file_types import HEAD, content_type
from inbox_app.live import Change
from inbox_app.previews.findings import PLAYABLE, THUMB, Findings
from inbox_app.previews.run import look_into
from inbox_app.runtime import Runtime
from inbox_app.services.media.claim_fetches import FetchJob
from inbox_app.services.media.record_fetch import Fetched, FetchResult, NotFetched, record
from inbox_app.storage import Storage, StoredFile, TooLargeError, chunks_of

_MAX_SECONDS = 15 * 60
"""Of one file: who drips it byte by byte holds no place for ever."""
_PROBLEMS = {
    Remedy.RECONNECT: FetchProblem.CREDENTIALS,
    Remedy.NOT_FOUND: FetchProblem.GONE,
    Remedy.INVALID: FetchProblem.GONE,
}
_log = logging.getLogger(__name__)


async def fetch(
    runtime: Runtime,
    job: FetchJob,
    now: Callable[[], datetime],
    real_now: Callable[[], datetime],
) -> None:
    """One file, and tell the open pages."""
    result = await _result(runtime, job)
    async with runtime.database.transaction() as session:
        changed = await record(
            session,
            job,
            result,
            kept_for=channel_of(job.channel).keeps_files_for,
            now=now(),
            real_now=real_now(),
        )
    if changed:
        runtime.live.publish(Change(job.account_id, job.conversation_id))


async def _result(runtime: Runtime, job: FetchJob) -> FetchResult:
    try:
        async with asyncio.timeout(_MAX_SECONDS):
            stored = await _store(runtime, job)
            if problem := _damage(job, stored):
                return problem
            return await _looked_into(runtime.storage, job, stored)
    except FileUnavailableError as unavailable:
        failure = unavailable.failure
        problem = _PROBLEMS.get(failure.remedy, FetchProblem.UNREACHABLE)
        return NotFetched(problem, failure.words or "")
    except InvalidToken:
        return NotFetched(FetchProblem.CREDENTIALS, "SECRET_KEY has changed")
    except TooLargeError:
        return NotFetched(FetchProblem.TOO_LARGE)
    except TimeoutError:
        return NotFetched(FetchProblem.UNREACHABLE, "too slow")
    except OSError as error:
        _log.warning("a file could not be kept: %s", error.strerror or type(error).__name__)
        return NotFetched(FetchProblem.NO_ROOM, error.strerror or type(error).__name__)
    except Exception as error:
        _log.exception("file %d went astray", job.media_id)
        return NotFetched(FetchProblem.UNREACHABLE, type(error).__name__)


async def _store(runtime: Runtime, job: FetchJob) -> StoredFile:
    credentials = runtime.vault.decrypt(job.credentials_encrypted)
    chunks = channel_of(job.channel).fetch_file(runtime.http, credentials, job.provider_id)
    return await runtime.storage.put(chunks, limit=MAX_BYTES)


def _damage(job: FetchJob, stored: StoredFile) -> NotFetched | None:
    """What was kept stays: should the same come again, it lies there once."""
    if not stored.size:
        return NotFetched(FetchProblem.DAMAGED, "empty")
    if job.claimed_sha256 and job.claimed_sha256 != stored.sha256:
        return NotFetched(FetchProblem.DAMAGED, "another digest than announced")
    return None


async def _looked_into(storage: Storage, job: FetchJob, stored: StoredFile) -> Fetched:
    kind = content_type(await _head(storage, stored.sha256), job.claimed_type)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        async with storage.on_disk(stored.sha256) as file:
            findings = await look_into(file, kind, made)
        return Fetched(
            sha256=stored.sha256,
            size=stored.size,
            **asdict(findings),
            thumb_sha256=await _kept(storage, made / THUMB, findings),
            playable_sha256=await _kept(storage, made / PLAYABLE, findings),
        )


async def _head(storage: Storage, sha256: str) -> bytes:
    return b"".join([chunk async for chunk in storage.read(sha256, 0, HEAD)])


async def _kept(storage: Storage, file: Path, findings: Findings) -> str | None:
    """What was made of a file that then turned out to be unreadable is not shown."""
    if findings.is_unknown or not await asyncio.to_thread(file.exists):
        return None
    return (await storage.put(chunks_of(file), limit=MAX_BYTES)).sha256
