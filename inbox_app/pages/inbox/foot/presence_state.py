"""Who else is at the open conversation, and who writes there (X1)."""

from collections.abc import Sequence
from typing import TypedDict

import reflex as rx

from inbox_app.domain.conversations.presence import Doing, Person, Place, Sign
from inbox_app.pages import untrusted
from inbox_app.pages.session import signed_in
from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import presence
from inbox_app.queries.people.names import initials
from inbox_app.runtime import current_runtime

_SAID = {each.value: each for each in Doing if each is not Doing.GONE}
"""A browser's own words; that it is gone shows."""


class OtherRow(TypedDict):
    """A colleague who is there."""

    id: str
    name: str
    initials: str
    doing: str
    """A `domain.presence.Doing`."""


class PresenceState(rx.State):
    """``others`` are those at the conversation ``thread``: another one's must not be shown."""

    thread: rx.Field[str] = rx.field("")
    others: rx.Field[list[OtherRow]] = rx.field(default_factory=list)

    @rx.event(temporal=True)
    async def here(self, thread: str, doing: str) -> None:
        """What the person does at the conversation; said again while it lasts."""
        who, id_ = await signed_in(self), untrusted.row_id(thread)
        said = _SAID.get(doing) if isinstance(doing, str) else None
        if who is None or id_ is None or said is None:
            return
        place, tab = Place(who.account_id, id_), self.router.session.client_token
        sign = Sign(place, who.user_id, who.name, tab, said)
        self._show(place, presence.current().say(current_runtime().live, sign))

    def _show(self, place: Place, there: Sequence[Person]) -> None:
        set_changed(self, thread=str(place.conversation_id), others=[_row(each) for each in there])


async def show(state: rx.State, place: Place, there: Sequence[Person]) -> None:
    """Put who is there into the states of a tab."""
    (await state.get_state(PresenceState))._show(place, there)


def _row(person: Person) -> OtherRow:
    return OtherRow(
        id=str(person.user_id),
        name=person.name,
        initials=initials(person.name.split("@")[0]),
        doing=person.doing.value,
    )
