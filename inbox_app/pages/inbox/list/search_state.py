"""Which stays and messages the words in the search box find (P5)."""

import reflex as rx

from inbox_app import clock
from inbox_app.pages.session import SignedIn
from inbox_app.pages.state_vars import set_changed
from inbox_app.queries.search.message_hits import message_hits
from inbox_app.queries.search.reservation_hits import reservation_hits
from inbox_app.queries.search.rows import MessageHitRow, ReservationHitRow
from inbox_app.runtime import current_runtime

MOST = 30
"""The newest: who sees more types another word."""
_MOST_STAYS = 8


class SearchState(rx.State):
    """As they were when the words were typed."""

    hits: rx.Field[list[MessageHitRow]] = rx.field(default_factory=list)
    stays: rx.Field[list[ReservationHitRow]] = rx.field(default_factory=list)

    async def find(self, who: SignedIn, words: str) -> None:
        """Read them anew; none for no words."""
        stays: list[ReservationHitRow] = []
        found: list[MessageHitRow] = []
        if words:
            of, now = (who.account_id, words), clock.now()
            async with current_runtime().database.reading() as session:
                stays = await reservation_hits(session, *of, now, limit=_MOST_STAYS)
                found = await message_hits(session, *of, limit=MOST)
        set_changed(self, stays=stays, hits=found)
