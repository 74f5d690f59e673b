"""The right panel: all that is on file of one actor (A3)."""

import reflex as rx

from inbox_app.components.dialogs.menu import DownloadItem, Menu, MenuItem, TellItem
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.list.chips import kind_chip
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.layout.connection_banner import Pending
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import BackLink, address_part
from inbox_app.components.vars import in_browser
from inbox_app.pages.actors.erase_dialogs import erase_dialogs
from inbox_app.pages.actors.form_state import ActorFormState
from inbox_app.pages.actors.merge_dialog import MERGE, merge_dialog
from inbox_app.pages.actors.merge_notice import merge_notice
from inbox_app.pages.actors.record_cards import record_cards
from inbox_app.pages.actors.record_state import RecordState

_record = in_browser(RecordState.record)


def record() -> rx.Component:
    asked = address_part("actor_id", "/actors/:actor_id")
    has_come = _record["id"] == asked
    missing = in_browser(RecordState.missing) == asked
    return rx.el.section(
        rx.cond(has_come, _all(), rx.cond(missing, _missing(), _skeleton())),
        merge_dialog(),
        erase_dialogs(),
        class_name="record thread",
        id="record",
        aria_label=tr("Actor"),
    )


def record_name() -> rx.Var[str]:
    return _record["name"].to(str)


def nobody_chosen() -> rx.Component:
    return rx.el.section(
        empty_state(
            "people",
            tr("Choose an actor"),
            tr("You see their numbers, their stays and what you wrote to each other."),
        ),
        class_name="record thread",
        aria_label=tr("Actor"),
    )


def _missing() -> rx.Component:
    return rx.fragment(
        rx.el.header(_back(), class_name="record-head"),
        empty_state(
            "search",
            tr("There is no such actor"),
            tr("They were deleted or belong to another company."),
        ),
    )


def _skeleton() -> rx.Component:
    return Pending.create(
        rx.el.div(rx.el.i(), rx.el.b(), rx.el.b(), class_name="skeleton record-skeleton")
    )


def _all() -> rx.Component:
    return rx.fragment(
        rx.el.header(
            _back(),
            avatar(_record["initials"], _record["kind"]),
            rx.el.div(
                rx.el.h1(_record["name"], dir="auto"),
                rx.el.p(
                    kind_chip(_record["kind"]),
                    rx.cond(
                        _record["archived"],
                        rx.el.span(tr("Archived contact"), class_name="tag archived"),
                    ),
                ),
                class_name="record-name",
            ),
            rx.cond(_record["merged_into"] == "", rx.fragment(_edit(), _more())),
            class_name="record-head",
        ),
        merge_notice(),
        record_cards(),
    )


def _back() -> rx.Component:
    return BackLink.create(
        icon("back"),
        to="/actors",
        class_name="icon-button back",
        aria_label=tr("Back to the actors"),
    )


def _edit() -> rx.Component:
    return rx.el.button(
        icon("edit"),
        rx.el.span(tr("Edit")),
        type="button",
        class_name="button quiet-button record-edit",
        aria_label=tr("Edit"),
        on_click=ActorFormState.edit(_record["id"].to(str)),
    )


def _more() -> rx.Component:
    id_ = _record["id"].to(str)
    return Menu.create(
        rx.cond(
            _record["archived"],
            rx.fragment(),
            TellItem.create(tr("Merge with another…"), event=MERGE, icon="link"),
        ),
        rx.cond(
            _record["archived"],
            MenuItem.create(tr("Restore"), icon="retry", on_select=RecordState.restore(id_)),
            MenuItem.create(tr("Archive"), icon="archive", on_select=RecordState.archive(id_)),
        ),
        rx.cond(
            RecordState.may_erase,
            rx.fragment(
                DownloadItem.create(
                    tr("Export their data"), icon="download", to=f"/export/actor/{_record['id']}"
                ),
                MenuItem.create(
                    tr("Erase their data…"),
                    icon="trash",
                    class_name="danger",
                    on_select=RecordState.ask_erase(1),
                ),
            ),
        ),
        label=tr("More actions"),
        icon="more",
    )
