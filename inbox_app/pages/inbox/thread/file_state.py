"""Asking once more for a file that could not be had (M3)."""

import reflex as rx

from inbox_app.live import Change, Queue
from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.media.ask_again import ask_again


class FileState(rx.State):
    """What becomes of it, the thread shows."""

    @rx.event
    async def ask_again(self, message_id: str) -> None:
        """For the file of that message."""
        who, id_ = await signed_in(self), untrusted.row_id(message_id)
        if who is None or id_ is None:
            return
        runtime = current_runtime()
        async with runtime.database.transaction() as session:
            conversation_id = await ask_again(session, who.account_id, id_)
        if conversation_id is not None:
            runtime.live.wake(Queue.FILES)
            runtime.live.publish(Change(who.account_id, conversation_id))
