"""What stands around every screen: the ways to the others, and who is signed in."""

import reflex as rx

from inbox_app.components.forms.preferences import Preferred
from inbox_app.components.help.help import Help
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.outgoing.outgoing import Outgoing
from inbox_app.components.layout.connection_banner import connection_banner
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.visual_viewport import VisualViewport
from inbox_app.components.navigation.links import SkipLink
from inbox_app.components.notifications.notices import Notices
from inbox_app.components.palette.palette import Palette
from inbox_app.components.vars import Shown
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.navigation import navigation
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.outgoing_state import OutgoingState
from inbox_app.pages.shared.palette_state import PaletteState

_STYLES = (
    "tokens", "fonts", "base", "controls", "frame", "list", "thread", "media", "composer", "side",
    "forms", "forced_colours",
)  # fmt: skip
STYLESHEETS = [f"styles/{name}.css" for name in _STYLES]


# Beyond Reflex's own: the keyboard shrinks the page rather than lie on it, and rounded screens are
# used to their edge.
_VIEWPORT = (
    "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
)


PICTURE = "/icons/app-512.png"
"""What stands for a page where a link to it is shown."""
_CONTENT = (("content", tr("Skip to the content")),)


def head() -> list[rx.Component]:
    """What every page's head needs besides Reflex's own: texts before anything is drawn."""
    return [
        rx.el.script(src="/i18n/current.js"),
        rx.el.meta(name="viewport", content=_VIEWPORT),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icons/app-180.png"),
        # With the session's cookie: the manifest speaks the person's language.
        rx.el.link(rel="manifest", href="/manifest.webmanifest", cross_origin="use-credentials"),
        _browser_colour("#f0eeea", "light"),
        _browser_colour("#0c0f11", "dark"),
        rx.el.meta(name="color-scheme", content="light dark"),
    ]


def _browser_colour(colour: str, scheme: str) -> rx.Component:
    # As a prop, `media` would become an inline style, which the page's policy forbids.
    media = {"media": f"(prefers-color-scheme: {scheme})"}
    return rx.el.meta(name="theme-color", content=colour, custom_attrs=media)


def frame(
    *panels: rx.Component,
    place: str,
    pane: str = "",
    unread: Shown = 0,
    skips: tuple[tuple[str, Shown], ...] = (),
    keeps: str = "",
) -> rx.Component:
    """A screen with its navigation. `pane` is the one that a phone shows: list, thread or page.

    `skips` are the ids of the panels to which the keyboard may go at once, and what says so.
    `keeps` is the name of the state whose threads are kept for when there is no network.
    """
    return rx.el.div(
        rx.el.nav(
            *(SkipLink.create(label, to=panel) for panel, label in skips or _CONTENT),
            class_name="skip-links",
            aria_label=tr("Skip links"),
        ),
        around(keeps),
        rx.el.div(
            navigation(place, unread),
            rx.el.main(*panels, class_name="panels", id="content"),
            class_name="app",
            custom_attrs={"data-pane": pane, "data-place": place},
        ),
        class_name="shell",
    )


def around(keeps: str = "") -> rx.Component:
    """What belongs to every screen of somebody signed in, with or without its navigation."""
    return rx.fragment(
        Preferred.create(theme=CurrentUserState.theme),
        VisualViewport.create(),
        Outgoing.create(
            person=CurrentUserState.person,
            settled=OutgoingState.settled,
            hold=CurrentUserState.undo_seconds,
            on_send=OutgoingState.send,
            on_file=OutgoingState.send_file,
            on_later=OutgoingState.send_later,
            on_undo=OutgoingState.undo,
        ),
        Palette.create(
            found=PaletteState.found,
            asked=PaletteState.asked,
            thread=PaletteState.thread,
            refused=PaletteState.refused,
            on_open=PaletteState.open,
            on_search=PaletteState.search,
            on_actor=PaletteState.open_actor,
        ),
        Help.create(tour=CurrentUserState.tour, on_toured=CurrentUserState.end_tour),
        rx.el.header(connection_banner(), _sandbox_banner(), _notices(keeps), class_name="banners"),
    )


def _notices(keeps: str) -> rx.Component:
    """N1."""
    return Notices.create(
        person=CurrentUserState.person,
        told=NoticesState.notices,
        unread=NoticesState.unread,
        device=NoticesState.device,
        sound=NoticesState.sound,
        quiet=NoticesState.quiet,
        read_at=NoticesState.read_at,
        thread=keeps,
        on_device=NoticesState.look_again,
        on_draft=NoticesState.keep_draft,
    )


def _sandbox_banner() -> rx.Component:
    return rx.cond(
        CurrentUserState.sandbox,
        rx.el.p(
            rx.el.span(tr("Sandbox: simulated WhatsApp")),
            rx.el.a(
                icon("phone"), tr("Open the test phone"), href="/sandbox/phone", target="_blank"
            ),
            class_name="bar-notice sandbox",
        ),
    )
