"""`/actors`: everybody the company talks with, and all that is on file of one (A3)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ServerClock
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.vars import Shown
from inbox_app.pages.actors.actor_form import actor_form
from inbox_app.pages.actors.actor_list import actor_list
from inbox_app.pages.actors.record import nobody_chosen, record, record_name
from inbox_app.pages.actors.record_state import RecordState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.reservation_form import reservation_form

_TO_LIST = ("actors", tr("Skip to the actors"))
_TO_RECORD = ("record", tr("Skip to the content"))


def actors() -> rx.Component:
    """With nobody chosen."""
    return _actors(
        actor_list(rx.el.h1), nobody_chosen(), title=tr("Actors"), pane="list", skips=(_TO_LIST,)
    )


def actor() -> rx.Component:
    """With the one of the address."""
    title = rx.cond(record_name() != "", f"{record_name()} · {tr('Actors')}", tr("Actors"))
    panels = actor_list(rx.el.h2), record()
    return _actors(*panels, title=title.to(str), pane="thread", skips=(_TO_LIST, _TO_RECORD))


def _actors(
    *panels: rx.Component, title: rx.Var[str], pane: str, skips: tuple[tuple[str, Shown], ...]
) -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        page_style(sheet="actors"),
        *panels,
        actor_form(),
        reservation_form(focus_after="#add-reservation"),
        ServerClock.create(at=RecordState.server_now, zone=CurrentUserState.time_zone),
        TabTitle.create(name=title, count=NoticesState.unread),
        place="actors",
        pane=pane,
        skips=skips,
    )
