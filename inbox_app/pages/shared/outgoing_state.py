"""What a page hands over to be sent, on whichever page its tab is now (M7)."""

from typing import TypedDict

import reflex as rx

from inbox_app.domain.messages import MAX_TYPED
from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.pages.shared import outgoing_sends
from inbox_app.pages.shared.outgoing_sends import Outcome
from inbox_app.services.sending.send_file import upload_of

_LONGEST_REF, _LONGEST_TIME = 100, 40
_ANSWERS = 20
"""How many are told at a time: a tab that missed one asks again."""


class Settled(TypedDict):
    """What became of what a tab sent, or wanted back."""

    ref: str
    outcome: Outcome


class OutgoingState(rx.State):
    """A send is over when ``settled`` has its ref; refused, it is in the box again, and the foot of
    its thread says why."""

    settled: rx.Field[list[Settled]] = rx.field(default_factory=list)

    @rx.event
    async def send(self, thread: str, text: str, ref: str) -> None:
        """Queue the text; sent again with the same ref it is still one message."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        words, tried = untrusted.text(text, MAX_TYPED), untrusted.text(ref, _LONGEST_REF)
        if who is None or not tried:
            return
        if id_ is None or not words:
            self._settle(tried, "refused")
        else:
            self._settle(tried, await outgoing_sends.queued(who, id_, words, tried))

    @rx.event
    async def send_file(self, thread: str, caption: str, ref: str) -> None:
        """The same for what was attached, with what is written below it."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        words, tried = untrusted.text(caption, MAX_TYPED), untrusted.text(ref, _LONGEST_REF)
        if who is None or not tried:
            return
        outcome: Outcome = "refused"
        if id_ is not None and words is not None:
            outcome = await outgoing_sends.file_queued(who, id_, words, upload_of(tried))
        self._settle(tried, outcome)

    @rx.event
    async def undo(self, thread: str, ref: str) -> None:
        """«Annulla»: take a text back that has not left; it is in the box again (M11)."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        sent = untrusted.text(ref, _LONGEST_REF)
        if who is not None and id_ is not None and sent:
            self._settle(sent, await outgoing_sends.taken_back(who, id_, sent))

    @rx.event
    async def send_later(self, thread: str, text: str, ref: str, local: str, fallback: str) -> None:
        """Let the text wait for a time there, or, without one, for an answer."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        words, tried = untrusted.text(text, MAX_TYPED), untrusted.text(ref, _LONGEST_REF)
        wall, template = untrusted.text(local, _LONGEST_TIME), untrusted.row_id(fallback)
        if who is None or not tried:
            return
        outcome: Outcome = "refused"
        if id_ is not None and words and wall is not None:
            outcome = await outgoing_sends.waiting(who, id_, words, tried, wall, template)
        self._settle(tried, outcome)

    def _settle(self, ref: str, outcome: Outcome) -> None:
        others = [answer for answer in self.settled if answer["ref"] != ref]
        self.settled = [*others, Settled(ref=ref, outcome=outcome)][-_ANSWERS:]
