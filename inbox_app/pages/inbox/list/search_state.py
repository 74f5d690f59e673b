"""Which messages the words in the search box are in (P5)."""

import reflex as rx

from inbox_app.pages.session import SignedIn
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.search.message_hits import message_hits
from inbox_app.queries.search.rows import MessageHitRow
from inbox_app.runtime import current_runtime

MOST = 30
"""The newest: who sees more types another word."""


class SearchState(rx.State):
    """As they were when the words were typed."""

    hits: rx.Field[list[MessageHitRow]] = rx.field(default_factory=list)

    async def find(self, who: SignedIn, words: str) -> None:
        """Read them anew; none for no words."""
        found: list[MessageHitRow] = []
        if words:
            async with current_runtime().database.reading() as session:
                found = await message_hits(session, who.account_id, words, limit=MOST)
        set_changed(self, hits=found)
