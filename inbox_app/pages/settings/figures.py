"""How the connected number fares, figure by figure (C6)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentAfter, MomentIn
from inbox_app.components.vars import Shown, in_browser, part_for, words_for
from inbox_app.pages.settings import words
from inbox_app.pages.settings.state import SettingsState

_HEALTH = in_browser(SettingsState.health)


def figures() -> rx.Component:
    return rx.el.dl(
        _figure(
            tr("Access token"),
            rx.cond(
                _HEALTH["state"] == "refused",
                tr("Refused"),
                rx.cond(
                    _HEALTH["token_expires_at"].to(int) > 0,
                    MomentIn.create(
                        sentence=tr("Expires {moment}"), at=_HEALTH["token_expires_at"]
                    ),
                    tr("Valid, does not expire"),
                ),
            ),
            rx.cond(_HEALTH["state"] == "refused", "bad", rx.cond(_expires_soon(), "fair", "good")),
        ),
        _figure(
            tr("Number"),
            words.number_status(_HEALTH["number_status"]),
            words_for(_HEALTH["number_status"], ("CONNECTED", "good"), ("", ""), "fair"),
        ),
        _figure(
            tr("Quality"),
            words.quality(_HEALTH["quality"]),
            words_for(
                _HEALTH["quality"], ("GREEN", "good"), ("YELLOW", "fair"), ("RED", "bad"), ""
            ),
        ),
        _figure(tr("Messaging limit"), words.limit(_HEALTH["limit"])),
        _figure(
            tr("Messages arrive here"),
            part_for(
                _HEALTH["subscribed"],
                ("yes", rx.fragment(tr("Yes"))),
                ("no", rx.fragment(tr("No"))),
                rx.fragment(tr("Not known yet")),
            ),
            words_for(_HEALTH["subscribed"], ("yes", "good"), ("no", "bad"), ""),
        ),
        _figure(tr("Last heard from Meta"), _moment(_HEALTH["last_webhook_at"], tr("Not yet"))),
        _figure(tr("Last check"), _moment(_HEALTH["checked_at"], tr("Not yet"))),
        _figure(tr("Connected"), _moment(_HEALTH["connected_at"], "")),
        class_name="health",
    )


def _expires_soon() -> rx.Var[bool]:
    at = _HEALTH["token_expires_at"].to(int)
    return (at > 0) & (at - SettingsState.server_now < _A_WEEK)


_A_WEEK = 7 * 24 * 3600 * 1000


def _figure(
    name: Shown, value: rx.Component | rx.Var[str], tone: Shown | None = None
) -> rx.Component:
    return rx.el.div(
        rx.el.dt(name), rx.el.dd(value, class_name="" if tone is None else in_browser(tone))
    )


def _moment(at: Shown, otherwise: Shown) -> rx.Component:
    return rx.cond(
        in_browser(at) > 0,
        MomentAfter.create(at=in_browser(at)),
        rx.fragment(otherwise),
    )
