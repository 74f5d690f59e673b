"""The saved replies that the open conversation may be answered with (M8)."""

import reflex as rx

from inbox_app import clock
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.saved_replies.filled_replies import filled_replies
from inbox_app.queries.saved_replies.rows import FilledReplyRow
from inbox_app.runtime import current_runtime
from inbox_app.services.saved_replies.write_reply import note_use

_MOST = 100


class ReplyState(rx.State):
    """``replies`` are filled in for the conversation ``thread``: another one's must not be used."""

    thread: rx.Field[str] = rx.field("")
    replies: rx.Field[list[FilledReplyRow]] = rx.field(default_factory=list)

    @rx.event
    async def ask(self, thread: str) -> None:
        """Fill them in for this conversation, as it stands now."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is not None and id_ is not None:
            set_changed(self, thread=str(id_), replies=await _filled(who, id_))

    @rx.event
    async def use(self, reply: str) -> None:
        """One was put into an answer."""
        who, id_ = await signed_in(self), untrusted.row_id(reply)
        if who is not None and id_ is not None:
            async with current_runtime().database.transaction() as session:
                await note_use(session, who.account_id, id_, clock.real_now())


async def _filled(who: SignedIn, conversation_id: int) -> list[FilledReplyRow]:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        return await filled_replies(
            session, who.account_id, conversation_id, clock.now(), runtime.vault, limit=_MOST
        )
