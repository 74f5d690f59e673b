"""`/connect`: the wizard. It stands by itself: its content policy is another than the other pages',
so one comes and goes by full loads (C1, C2)."""

import reflex as rx

from inbox_app.components.connecting.facebook_signup import OwnPolicy
from inbox_app.components.connecting.two_numbers import two_numbers
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import ServerClock
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.focus_heading import FocusHeading
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.metas_words import metas_words
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.vars import in_browser
from inbox_app.pages.connect.connected import connected
from inbox_app.pages.connect.methods import methods
from inbox_app.pages.connect.progress import progress
from inbox_app.pages.connect.requirements import requirements
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.current_user import CurrentUserState
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.two_numbers_advice import AdviceState

_SETUP = in_browser(ConnectState.setup)


def connect() -> rx.Component:
    return rx.el.div(
        OwnPolicy.create(),
        page_style(sheet="connect"),
        frame.around(),
        rx.el.nav(
            rx.el.span("U", class_name="logo", aria_hidden="true"),
            rx.el.a(icon("back"), tr("Back to the inbox"), href="/", class_name="wizard-back"),
            class_name="wizard-bar",
            aria_label=tr("Sections"),
        ),
        rx.el.main(
            rx.cond(
                ConnectState.ready,
                rx.cond(ConnectState.may, _wizard(), _ask_an_admin()),
                rx.el.div(class_name="wizard-card skeleton", aria_hidden="true"),
            ),
            class_name="wizard",
        ),
        ServerClock.create(at=ConnectState.server_now, zone=CurrentUserState.time_zone),
        TabTitle.create(name=tr("Connect account"), count=NoticesState.unread),
        class_name="shell wizard-shell",
    )


def _wizard() -> rx.Component:
    """Once it has begun nothing else is on the screen: what stopped it must be seen."""
    moving = (_SETUP["state"] == "running") | (_SETUP["state"] == "failed")
    return rx.cond(
        (_SETUP["mode"] == "connected") & ~ConnectState.renewing & ~moving,
        connected(),
        rx.fragment(
            _title(),
            rx.cond(
                AdviceState.wanted & (_SETUP["mode"] == "fresh") & ~moving,
                two_numbers(AdviceState.dismiss),
            ),
            rx.cond(_SETUP["refused"], _refused()),
            rx.cond(
                moving,
                progress(),
                rx.fragment(
                    rx.cond(_is_renewing() & _SETUP["ready"], rx.fragment(), requirements()),
                    methods(),
                ),
            ),
        ),
    )


def _title() -> rx.Component:
    renewing = _is_renewing()
    return rx.el.div(
        FocusHeading.create(
            rx.cond(renewing, tr("Reconnect account"), tr("Connect account")),
            level=1,
            of=AdviceState.wanted,
        ),
        rx.el.p(rx.cond(renewing, _why_again(), _why()), class_name="quiet"),
        class_name="wizard-title",
    )


def _is_renewing() -> rx.Var[bool]:
    return (_SETUP["mode"] == "renew") | ConnectState.renewing


def _why() -> rx.Var[str]:
    return tr(
        "Guests, owners and suppliers will write to your business number, and you answer from "
        "here. It takes about ten minutes."
    )


def _why_again() -> rx.Var[str]:
    return tr(
        "{number} stays your number, with all its conversations: only the credentials are renewed.",
        number=_SETUP["display"],
    )


def _refused() -> rx.Component:
    return rx.el.div(
        icon("warning"),
        rx.el.div(
            rx.el.b(tr("Meta no longer accepts the credentials")),
            rx.cond(_SETUP["reason"] != "", rx.el.p(metas_words(_SETUP["reason"]))),
        ),
        class_name="wizard-refused",
    )


def _ask_an_admin() -> rx.Component:
    return empty_state(
        "lock",
        tr("Only an administrator can connect the account"),
        tr("Ask an administrator of your company: this page is in their settings."),
        rx.el.a(tr("Back to the inbox"), href="/", class_name="button quiet-button"),
    )
