"""The left panel: every conversation, newest first, with filters and search (P1, P5)."""

from collections.abc import Callable

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.menu import Menu, MenuChoice, MenuChoices, TellItem
from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.list.list_scroller import list_scroller
from inbox_app.components.inbox.list.row_people import PeopleInRows
from inbox_app.components.inbox.list.row_tools import RowTools
from inbox_app.components.layout.tab import Announcer
from inbox_app.components.palette.palette import PaletteButton
from inbox_app.components.vars import Shown, in_browser, some, words_for
from inbox_app.pages.inbox import empty
from inbox_app.pages.inbox.list.assignee import several_people
from inbox_app.pages.inbox.list.conversation_row import conversation_row
from inbox_app.pages.inbox.list.inbox_state import InboxState
from inbox_app.pages.inbox.list.label_state import LabelState
from inbox_app.pages.inbox.list.row_people import RowPeopleState
from inbox_app.pages.inbox.list.search_hits import has_hits, search_hits
from inbox_app.pages.inbox.list.triage_state import TriageState
from inbox_app.pages.inbox.list.waiting_alert import waiting_alert
from inbox_app.pages.inbox.new_conversation.form import new_conversation
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.queries.labels.rows import LabelRow, SavedViewRow

_SKELETONS, _MOST = 7, 999
_OF_SEVERAL = {"mine", "unassigned", "mentions"}
_list = in_browser(InboxState.rows)
_top = in_browser(InboxState.top)
_has_rows = _list.length() > 0


def conversation_list(heading: Callable[..., rx.Component]) -> rx.Component:
    """`heading` is what its name is on the page."""
    return rx.el.section(
        rx.el.header(
            heading(tr("Inbox")),
            PaletteButton.create(
                label=tr("Search everywhere"), class_name="icon-button narrow-only"
            ),
            new_conversation(),
            class_name="panel-title",
        ),
        _search(),
        _filters(),
        rx.cond(InboxState.ready & _has_rows, empty.account_bar()),
        rx.cond(
            InboxState.filter != "expiring",
            rx.foreach(in_browser(InboxState.waiting), waiting_alert),
        ),
        rx.cond(
            InboxState.ready,
            rx.cond(_has_rows | has_hits(), _rows(), empty.list_is_empty()),
            _skeleton(),
        ),
        RowTools.create(
            rows=_list,
            view=f"{InboxState.filter}/{InboxState.label}/{InboxState.search}",
            search=InboxState.search,
            labels=InboxState.labels,
            views=InboxState.views,
            people=InboxState.people,
            me=CurrentUserState.person,
            problem=LabelState.problem,
            done=LabelState.done,
            on_make_label=LabelState.make,
            on_change_label=LabelState.change,
            on_merge_label=LabelState.merge,
            on_delete_label=LabelState.delete,
            on_save_view=LabelState.save_view,
            on_delete_view=LabelState.delete_view,
            more=InboxState.has_later | InboxState.has_earlier,
            notices=TriageState.notices,
            on_change=TriageState.change,
            on_undo=TriageState.undo,
        ),
        PeopleInRows.create(people=RowPeopleState.people),
        Announcer.create(
            at=_top["last_at"],
            who=_top["name"],
            unread=_top["unread"] > 0,
        ),
        class_name="list",
        id="conversations",
        aria_label=tr("Conversations"),
    )


def _search() -> rx.Component:
    words = tr("Name, number, reservation, words…")
    return search_box(words, InboxState.set_search, InboxState.search)


def _filters() -> rx.Component:
    return rx.el.div(
        _filter("to_answer", tr("To answer"), InboxState.counts["to_answer"]),
        _filter("all", tr("All")),
        _filter("unread", tr("Unread"), InboxState.counts["unread"]),
        _filter("expiring", tr("Closing soon"), InboxState.counts["expiring"], "warn"),
        _more_filters(),
        class_name="chips",
        role="group",
        aria_label=tr("Filters"),
    )


def _more_filters() -> rx.Component:
    """Its face is the one of them that holds."""
    kinds = (
        ("mine", tr("Mine")),
        ("unassigned", tr("Unassigned")),
        ("mentions", tr("Mentions")),
        ("today", tr("Today")),
        ("guests", tr("Guests")),
        ("owners", tr("Owners")),
        ("suppliers", tr("Suppliers")),
        ("unknown", tr("Unknown senders")),
        ("starred", tr("Starred")),
        ("snoozed", tr("Snoozed ones")),
        ("done", tr("Done ones")),
        ("archived", tr("Archived conversations")),
    )
    face = words_for(InboxState.filter, *kinds, tr("More"))
    chosen = words_for(InboxState.filter, *((kind, "chip chosen") for kind, _ in kinds), "chip")
    return Menu.create(
        MenuChoices.create(
            *(_choice(kind, name) for kind, name in kinds),
            label=tr("Filters"),
            value=rx.cond(InboxState.label == "", InboxState.filter, ""),
        ),
        _labels(),
        _views(),
        TellItem.create(tr("Keep this list…"), event="keep-list", icon="plus"),
        TellItem.create(tr("Labels and lists…"), event="manage-labels", icon="edit"),
        label=tr("More filters"),
        place="under",
        trigger_text=rx.cond(InboxState.label == "", face, InboxState.label_name),
        icon="chevron-down",
        class_name=rx.cond(InboxState.label == "", chosen, "chip chosen"),
    )


def _choice(kind: str, name: rx.Var[str]) -> rx.Component:
    choice = MenuChoice.create(name, value=kind, on_select=InboxState.set_filter(kind))
    return rx.cond(several_people(), choice) if kind in _OF_SEVERAL else choice


def _labels() -> rx.Component:
    def choice(row: ObjectVar[LabelRow]) -> rx.Component:
        return MenuChoice.create(
            row["name"],
            value=row["id"],
            key=row["id"],
            on_select=InboxState.set_label(row["id"].to(str)),
        )

    return _group(tr("Labels"), InboxState.labels, choice, InboxState.label)


def _views() -> rx.Component:
    def choice(row: ObjectVar[SavedViewRow]) -> rx.Component:
        return MenuChoice.create(
            row["name"],
            value=row["id"],
            key=row["id"],
            on_select=InboxState.open_view(row["id"].to(str)),
        )

    return _group(tr("Your lists"), InboxState.views, choice, "")


def _group(
    name: rx.Var[str], rows: object, choice: Callable[..., rx.Component], value: Shown
) -> rx.Component:
    return rx.cond(
        in_browser(rows).length() > 0,
        rx.fragment(
            rx.el.span(name, class_name="choices-label"),
            MenuChoices.create(rx.foreach(in_browser(rows), choice), label=name, value=value),
        ),
    )


def _filter(name: str, label: Shown, count: Shown | None = None, tone: str = "") -> rx.Component:
    return rx.el.button(
        label,
        rx.fragment() if count is None else rx.cond(some(count), rx.el.b(_figure(count))),
        type="button",
        class_name="chip" if count is None else rx.cond(some(count), f"chip {tone}", "chip"),
        aria_pressed=(InboxState.filter == name) & (InboxState.label == ""),
        on_click=InboxState.set_filter(name),
    )


def _figure(count: Shown) -> rx.Var[str]:
    """No more are counted than can be read."""
    return rx.cond(in_browser(count) > _MOST, f"{_MOST}+", in_browser(count).to_string()).to(str)


def _rows() -> rx.Component:
    return list_scroller(
        rx.el.div(rx.foreach(_list, conversation_row), role="list", aria_label=tr("Conversations")),
        search_hits(),
        list=f"{InboxState.filter}/{InboxState.label}/{InboxState.search}",
        newest=f"{_top['id']}/{_top['last_at']}",
        first=_list[0]["id"],
        last=_list[-1]["id"],
        count=_list.length(),
        has_earlier=InboxState.has_earlier,
        has_later=InboxState.has_later,
        on_earlier=InboxState.load_earlier,
        on_later=InboxState.load_later,
        on_top=InboxState.go_to_top,
    )


def _skeleton() -> rx.Component:
    bone = rx.el.div(rx.el.i(), rx.el.div(rx.el.b(), rx.el.b()), class_name="skeleton-row")
    return rx.el.div(*[bone] * _SKELETONS, class_name="rows skeleton", aria_hidden="true")
