"""Asking once more for a file that could not be had (M3)."""

import reflex as rx

from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.runtime import current_runtime
from inbox_app.workflows.ask_for_file import ask_for_file


class FileState(rx.State):
    """What becomes of it, the thread shows."""

    @rx.event
    async def ask_again(self, message_id: str) -> None:
        """For the file of that message."""
        who, id_ = await signed_in(self), untrusted.row_id(message_id)
        if who is not None and id_ is not None:
            await ask_for_file(current_runtime(), who.account_id, id_)
