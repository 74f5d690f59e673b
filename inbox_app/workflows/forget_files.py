"""Forgetting the files that nothing shows any more."""

import asyncio
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from inbox_app.runtime import Runtime
from inbox_app.services.upkeep.unnamed_files import unnamed
from inbox_app.workflows.prepare_file import scratch_folder

_GRACE = timedelta(days=1)
"""A file is kept before its row is written; and who prepares one takes minutes."""


async def forget_files(runtime: Runtime, now: datetime) -> None:
    """What has lain there for a day and no row names, some at a time; and what was left of files
    by processes that were killed while they prepared them."""
    before = now - _GRACE
    async for names in runtime.storage.older_than(before):
        async with runtime.database.reading() as session:
            unused = await unnamed(session, names)
        for name in unused:
            await runtime.storage.delete_if_older(name, before)
    await asyncio.to_thread(_forget_left_overs, scratch_folder(runtime.settings.data_dir), before)


def _forget_left_overs(scratch: Path, before: datetime) -> None:
    for folder in scratch.glob("*"):
        if folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)
