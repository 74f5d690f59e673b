"""Whose business a conversation is, on its row and in the head of its thread (P9)."""

import reflex as rx
from reflex.event import EventCallback
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.menu import MenuItem, TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.list.row_tools import OpenRowButton
from inbox_app.components.vars import in_browser
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.queries.accounts.rows import ColleagueRow

_me = in_browser(CurrentUserState.person)


def several_people() -> rx.Var[bool]:
    """Who is alone assigns nothing."""
    return in_browser(InboxState.people).length() > 1


def assignee(row: ObjectVar) -> rx.Component:
    """By their initials; all of the name is heard."""
    whose = row["assignee"].to(ColleagueRow)
    words = tr("Assigned to {name}", name=whose["name"])
    return rx.cond(
        whose["id"] != "",
        rx.el.span(
            whose["initials"],
            role="img",
            title=words,
            aria_label=words,
            class_name=rx.cond(whose["id"] == _me, "assignee mine", "assignee"),
        ),
    )


def assign_button(header: ObjectVar) -> rx.Component:
    """Shows whose it is, and opens the choice; a narrow head has it in its menu."""
    whose = header["assignee"].to(ColleagueRow)
    return rx.cond(
        several_people(),
        OpenRowButton.create(
            act="assign",
            icon="people",
            text=whose["initials"],
            label=rx.cond(
                whose["id"] == "",
                tr("Assign…"),
                tr("Assigned to {name}. Assign…", name=whose["name"]),
            ),
            class_name="icon-button assign-button",
        ),
    )


def assign_items(header: ObjectVar, take: EventCallback[()]) -> rx.Component:
    """The same in its menu, and the short way: `take`."""
    return rx.cond(
        several_people(),
        rx.fragment(
            rx.cond(
                header["assignee"].to(ColleagueRow)["id"] != _me,
                MenuItem.create(tr("Take it on"), icon="person", on_select=take),
            ),
            TellItem.create(tr("Assign…"), icon="people", event="assign-open"),
        ),
    )
