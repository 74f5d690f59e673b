"""Notes that colleagues write to each other in a thread (X1)."""

import reflex as rx

from inbox_app import clock
from inbox_app.domain.errors import NotFoundError
from inbox_app.live import Change
from inbox_app.pages import untrusted
from inbox_app.pages.session import SignedIn, signed_in
from inbox_app.runtime import current_runtime
from inbox_app.services.notes.see_mentions import see_mentions
from inbox_app.services.notes.write_note import NoteRefusedError, write_note

_LONGEST, _LONGEST_REF = 20_000, 100


class NoteState(rx.State):
    """What became of the latest, by the ref that the page gave it."""

    written: rx.Field[str] = rx.field("")
    refused: rx.Field[str] = rx.field("")

    @rx.event
    async def write(self, thread: str, text: str, ref: str) -> None:
        """Keep a note; the same ref twice is one note."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        words, name = untrusted.text(text, _LONGEST), untrusted.text(ref, _LONGEST_REF)
        if who is None or not name:
            return
        if id_ and words is not None and await _write(who, id_, words, name):
            self.written = name
        else:
            self.refused = name

    @rx.event
    async def see(self, thread: str) -> None:
        """The person looks at where they are awaited: a mention, what was given to them."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        if who is None or id_ is None:
            return
        async with current_runtime().database.transaction() as session:
            of = session, who.account_id, who.user_id, id_
            saw = await see_mentions(*of, clock.real_now())
        if saw:
            current_runtime().live.publish(Change(who.account_id, id_))


async def _write(who: SignedIn, conversation_id: int, words: str, ref: str) -> bool:
    try:
        async with current_runtime().database.transaction() as session:
            await write_note(
                session,
                account_id=who.account_id,
                conversation_id=conversation_id,
                text=words,
                author_id=who.user_id,
                client_ref=f"note:{who.user_id}:{ref}",
                now=clock.now(),
            )
    except (NotFoundError, NoteRefusedError):
        return False
    current_runtime().live.publish(Change(who.account_id, conversation_id))
    return True
