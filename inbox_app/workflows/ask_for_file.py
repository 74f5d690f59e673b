"""A person asks once more for a file that could not be had, or is not where it lay (M3)."""

from inbox_app.live import Change, Queue
from inbox_app.runtime import Runtime
from inbox_app.services.media import lost_files
from inbox_app.services.media.ask_again import ask_again
from inbox_app.storage import MissingFileError, Storage


async def ask_for_file(runtime: Runtime, account_id: int, message_id: int) -> None:
    """Look where it lay; where it is not, have it fetched as if it had just come."""
    async with runtime.database.reading() as session:
        names = await lost_files.lost_names(session, account_id, message_id)
    there = bool(names) and await _are_there(runtime.storage, names)
    again = lost_files.find_again if there else ask_again
    async with runtime.database.transaction() as session:
        conversation_id = await again(session, account_id, message_id)
    if conversation_id is not None:
        runtime.live.wake(Queue.FILES)
        runtime.live.publish(Change(account_id, conversation_id))


async def _are_there(storage: Storage, names: list[str]) -> bool:
    try:
        for name in names:
            await storage.size(name)
    except (MissingFileError, OSError):
        return False
    return True
