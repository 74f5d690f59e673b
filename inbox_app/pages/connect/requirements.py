"""The three requirements, to be checked off (C2)."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.forms.checkbox import Checkbox
from inbox_app.components.forms.fields import form_problem
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.vars import Shown, in_browser
from inbox_app.contract import Clause
from inbox_app.pages.connect.state import ConnectState
from inbox_app.pages.connect.words import tick_problem

_SETUP = in_browser(ConnectState.setup)


def requirements() -> rx.Component:
    return rx.el.section(
        rx.el.header(
            rx.el.h2(tr("What you need first")),
            rx.el.span(
                tr("{n} of 3", n=_SETUP["held"]),
                class_name="tag",
            ),
        ),
        rx.el.ol(
            _own_word(
                "profile",
                _SETUP["has_profile"],
                tr("A business profile on Meta"),
                tr(
                    "Your company has a portfolio in Meta's business settings, with its name and "
                    "its address."
                ),
                ("https://business.facebook.com/settings", tr("Open Meta's business settings")),
            ),
            _own_word(
                "number",
                _SETUP["has_number"],
                tr("A number that can be verified"),
                tr(
                    "It can receive an SMS or a call and isn't in use in the WhatsApp app "
                    "(unless you are moving it here on purpose)."
                ),
                None,
            ),
            _contract(),
            class_name="requirements",
        ),
        rx.cond(
            ConnectState.tick_problem != "", form_problem(tick_problem(ConnectState.tick_problem))
        ),
        class_name="wizard-card",
        aria_label=tr("What you need first"),
    )


def _own_word(
    name: str, held: Shown, title: Shown, about: Shown, way: tuple[str, Shown] | None
) -> rx.Component:
    return _requirement(
        held,
        title,
        rx.el.span(about),
        rx.el.a(way[1], href=way[0], target="_blank", rel="noreferrer", class_name="link-button")
        if way
        else rx.fragment(),
        on_tick=lambda ticked: ConnectState.check_off(name, ticked),
    )


def _contract() -> rx.Component:
    """Once accepted it stays so."""
    return _requirement(
        _SETUP["has_contract"],
        rx.cond(_SETUP["has_contract"], tr("The connection contract"), tr("I accept the contract")),
        rx.el.span(rx.cond(_SETUP["has_contract"], _accepted(), rx.fragment(_on_behalf()))),
        rx.el.details(
            rx.el.summary(tr("Read the contract")),
            rx.el.div(
                rx.foreach(ConnectState.clauses, _clause),
                tab_index=0,
                role="document",
                aria_label=tr("The connection contract"),
                class_name="contract",
            ),
        ),
        once=True,
        on_tick=lambda _: ConnectState.accept_contract(),
    )


def _requirement(
    held: Shown,
    title: Shown,
    about: rx.Component,
    more: rx.Component,
    *,
    once: bool = False,
    on_tick: Callable[[rx.Var[bool]], Any],
) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            Checkbox.create(
                checked=in_browser(held),
                refusals=ConnectState.tick_refusals,
                once=once,
                disabled=_SETUP["state"] == "running",
                on_tick=on_tick,
            ),
            rx.el.span(rx.el.b(title), about),
        ),
        more,
        class_name="requirement",
    )


def _on_behalf() -> rx.Var[str]:
    return tr("On behalf of the company: who accepts it and when is recorded.")


def _accepted() -> rx.Component:
    return MomentIn.create(
        sentence=rx.cond(
            _SETUP["accepted_by"] != "",
            tr("Accepted by {name}, {moment}", name=_SETUP["accepted_by"]),
            tr("Accepted {moment}"),
        ),
        at=_SETUP["accepted_at"],
    )


def _clause(clause: ObjectVar[Clause]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(clause["title"]), rx.el.p(clause["text"]), key=clause["title"].to(str)
    )
