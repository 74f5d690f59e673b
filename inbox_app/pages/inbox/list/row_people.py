"""Which colleagues are at the conversations of the list, a sign on each row (X1)."""

from collections.abc import Sequence
from typing import TypedDict

import reflex as rx

from inbox_app.pages.state_vars import set_changed
from inbox_app.pages.tabs import row_presence
from inbox_app.pages.tabs.row_presence import Names
from inbox_app.pages.tabs.subscriptions import Subscription
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.people.names import initials


class RowPerson(TypedDict):
    """A colleague who is there."""

    name: str
    initials: str


class RowPeopleState(rx.State):
    """By the conversation's id; of nobody's there is no entry."""

    people: rx.Field[dict[str, list[RowPerson]]] = rx.field(default_factory=dict)

    def _show(self, names: Names) -> None:
        set_changed(self, people={id_: [*map(_person, there)] for id_, there in names.items()})


async def see(state: rx.State, subscription: Subscription, rows: Sequence[ConversationRow]) -> None:
    """The list of the tab shows these rows from now on."""
    await show(state, row_presence.current().see(subscription, (row["id"] for row in rows)))


async def show(state: rx.State, names: Names) -> None:
    """Put them into the states of a tab."""
    (await state.get_state(RowPeopleState))._show(names)


def _person(name: str) -> RowPerson:
    return RowPerson(name=name, initials=initials(name.split("@")[0]))
