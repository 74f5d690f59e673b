"""The saved replies that the open conversation may be answered with (M8)."""

import reflex as rx

from inbox_app import clock
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.saved_replies.filled_replies import filled_replies, no_replies
from inbox_app.queries.saved_replies.rows import FilledReplies
from inbox_app.runtime import current_runtime
from inbox_app.services.saved_replies.write_reply import note_use

_MOST = 30
"""At once: who looks for another types words of it."""
_MOST_WORDS = 60


class ReplyState(rx.State):
    """``found`` is filled in for one conversation: another one's must not be used."""

    found: rx.Field[FilledReplies] = rx.field(default_factory=no_replies)

    @rx.event
    async def ask(self, thread: str, words: str) -> None:
        """Fill in those with the words for this conversation, as it stands now."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        sought = untrusted.text(words, _MOST_WORDS)
        if who is not None and id_ is not None and sought is not None:
            set_changed(self, found=await _filled(who, id_, sought))

    @rx.event
    async def use(self, reply: str) -> None:
        """One was put into an answer."""
        who, id_ = await signed_in(self), untrusted.row_id(reply)
        if who is not None and id_ is not None:
            async with current_runtime().database.transaction() as session:
                await note_use(session, who.account_id, id_, clock.real_now())


async def _filled(who: SignedIn, conversation_id: int, words: str) -> FilledReplies:
    runtime = current_runtime()
    async with runtime.database.reading() as session:
        return await filled_replies(
            session,
            who.account_id,
            conversation_id,
            clock.now(),
            runtime.vault,
            words=words,
            limit=_MOST,
        )
