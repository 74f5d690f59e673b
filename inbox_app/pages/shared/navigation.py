"""The ways to the other screens: beside the panels all of them, below them on a phone the few that
are wanted daily, and the rest behind «Altro» (N3)."""

from typing import NamedTuple

import reflex as rx

from inbox_app.components.dialogs.menu import LinkItem, Menu, SubmitItem, TellItem
from inbox_app.components.forms.native_form import native_form
from inbox_app.components.forms.preferences import language_form, theme_form
from inbox_app.components.help.help import OPEN_HELP
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.palette.palette import PaletteButton
from inbox_app.components.vars import Shown, some
from inbox_app.pages.shared.current_user import CurrentUserState


class _Way(NamedTuple):
    place: str
    to: str
    sign: str
    name: Shown


_DAILY = (
    _Way("inbox", "/", "inbox", tr("Inbox")),
    _Way("actors", "/actors", "people", tr("Actors")),
    _Way("templates", "/templates", "template", tr("Templates")),
)
_OTHERS = (
    _Way("replies", "/replies", "bolt", tr("Replies")),
    _Way("accommodations", "/accommodations", "stay", tr("Homes")),
    _Way("figures", "/figures", "chart", tr("Figures")),
)
_SETTINGS = _Way("settings", "/settings", "settings", tr("Settings"))
"""At the end, away from the others. What is set up once belongs on its page, not here."""


def navigation(place: str, unread: Shown) -> rx.Component:
    """`place` is where one is; `unread` counts what waits in the inbox."""
    return rx.el.nav(
        rx.el.span("U", class_name="logo", aria_hidden="true"),
        PaletteButton.create(label=tr("Search everywhere"), class_name="icon-button wide-only"),
        *(_link(way, place, unread if way.place == "inbox" else 0) for way in _DAILY),
        *(_link(way, place, wide=True) for way in _OTHERS),
        rx.el.span(class_name="nav-spacer"),
        _link(_SETTINGS, place, wide=True),
        _more(place),
        _profile(),
        class_name="app-nav",
        aria_label=tr("Sections"),
    )


def _link(way: _Way, place: str, count: Shown = 0, *, wide: bool = False) -> rx.Component:
    """`wide`: only where there is room for all."""
    return NavigationLink.create(
        icon(way.sign),
        rx.el.span(way.name, class_name="nav-label"),
        rx.cond(some(count), rx.el.span(count, class_name="nav-count")),
        to=way.to,
        class_name=_classes(here=way.place == place, only="wide" if wide else ""),
        custom_attrs={"title": way.name},
    )


def _more(place: str) -> rx.Component:
    ways = (*_OTHERS, _SETTINGS)
    return Menu.create(
        *(LinkItem.create(way.name, icon=way.sign, to=way.to) for way in ways),
        label=tr("More"),
        icon="more",
        labelled=True,
        place="over",
        class_name=_classes(here=place in {way.place for way in ways}, only="narrow"),
    )


def _classes(*, here: bool, only: str) -> str:
    return " ".join(filter(None, ("nav-link", "current" if here else "", only)))


def _profile() -> rx.Component:
    return Menu.create(
        rx.el.p(CurrentUserState.name, class_name="menu-title truncate"),
        language_form(CurrentUserState.csrf, CurrentUserState.language, in_menu=True),
        theme_form(CurrentUserState.csrf, CurrentUserState.theme, in_menu=True),
        TellItem.create(tr("Help"), event=OPEN_HELP, icon="question"),
        native_form(
            rx.el.input(type="hidden", name="csrf", value=CurrentUserState.csrf, read_only=True),
            SubmitItem.create(tr("Sign out"), icon="leave"),
            action="/auth/sign-out",
        ),
        label=tr("Profile"),
        trigger_text=CurrentUserState.initials,
        trigger_class="profile-button",
        place="beside",
    )
