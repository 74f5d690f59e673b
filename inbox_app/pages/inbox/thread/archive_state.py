"""Putting conversations away (P5)."""

import reflex as rx

from inbox_app import clock
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.conversations.triage import set_put_away


class ArchiveState(rx.State):
    """What it changes is seen in the list and in the head of the thread."""

    @rx.event
    async def archive(self, conversation: str) -> None:
        """Out of the list, until something comes in or goes out."""
        await self._set(conversation, archived=True)

    @rx.event
    async def take_back(self, conversation: str) -> None:
        """Into the list again."""
        await self._set(conversation, archived=False)

    async def _set(self, conversation: object, *, archived: bool) -> None:
        who, id_ = await signed_in(self), untrusted.row_id(conversation)
        if who is None or id_ is None:
            return
        of = who.account_id, [id_], clock.now()
        async with current_runtime().database.transaction() as session:
            changed = await set_put_away(session, *of, archived=archived)
        if changed:
            current_runtime().live.publish(Change(who.account_id, id_))
