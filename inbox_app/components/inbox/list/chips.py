"""Small coloured words: what kind of person, where in a stay, how a reservation stands."""

from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser, words_for


def kind_name(kind: Shown) -> rx.Var[str]:
    return words_for(
        kind,
        ("guest", tr("Guest")),
        ("owner", tr("Owner")),
        ("supplier", tr("Supplier")),
        tr("Unknown"),
    )


def kind_chip(kind: Shown) -> rx.Component:
    return rx.el.span(kind_name(kind), class_name=f"tag {kind}")


def label_tag(label: ObjectVar[Any]) -> rx.Component:
    """Of a `LabelRow`."""
    return rx.el.span(label["name"], class_name=f"tag label {label['colour']}", dir="auto")


def shown_name(name: Shown, group: Shown, channel: Shown) -> rx.Var[str]:
    """Groups have no names that we are told."""
    nameless = in_browser(group) & (in_browser(name) == "")
    return rx.cond(nameless, tr("{channel} group", channel=channel), name).to(str)


def restriction_chip(blocked: Shown, marketing_stopped: Shown) -> rx.Component:
    """Whom we blocked; else who asked for no more marketing."""
    return rx.cond(
        blocked,
        _restriction("blocked", tr("Blocked")),
        rx.cond(marketing_stopped, _restriction("no-marketing", tr("No marketing"))),
    )


def _restriction(sign: str, word: rx.Var[str]) -> rx.Component:
    """Where there is no room for the word, its sign says it."""
    return rx.el.span(
        icon(sign), rx.el.span(word), class_name=f"tag restriction {sign}", title=word
    )


def stay_phase_name(phase: Shown, date: rx.Component) -> rx.Component:
    """`date` follows the word of a stay that is still to come."""
    word = _where_in_stay(phase, ahead=tr("Arriving"))
    return rx.fragment(word, rx.cond(phase == "upcoming", rx.fragment(" ", date)))


def stay_status_name(phase: Shown) -> rx.Var[str]:
    """The same reading of a stay, where its dates stand beside it."""
    return _where_in_stay(phase, ahead=tr("Confirmed"))


def _where_in_stay(phase: Shown, ahead: rx.Var[str]) -> rx.Var[str]:
    return words_for(
        phase,
        ("inquiry", tr("Inquiry")),
        ("pending", tr("To be confirmed")),
        ("arriving_today", tr("Arriving today")),
        ("in_house", tr("In house")),
        ("departing_today", tr("Leaving today")),
        ("departed", tr("Departed")),
        ("cancelled", tr("Cancelled")),
        ("no_show", tr("No-show")),
        ahead,
    )
