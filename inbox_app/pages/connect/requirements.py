"""The three requirements, to be checked off (product.md C2)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.icons import icon
from inbox_app.components.pieces import Shown, in_browser
from inbox_app.components.text import tr
from inbox_app.components.times import MomentIn
from inbox_app.contract import Clause
from inbox_app.pages.connect.state import ConnectState

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
        class_name="wizard-card",
        aria_label=tr("What you need first"),
    )


def _own_word(
    name: str, held: Shown, title: Shown, about: Shown, way: tuple[str, Shown] | None
) -> rx.Component:
    return rx.el.li(
        rx.el.label(
            rx.el.input(
                type="checkbox",
                checked=in_browser(held),
                disabled=_SETUP["state"] == "running",
                on_change=lambda _: ConnectState.check_off(name, ~in_browser(held).to(bool)),
            ),
            rx.el.span(rx.el.b(title), rx.el.span(about)),
        ),
        rx.el.a(way[1], href=way[0], target="_blank", rel="noreferrer", class_name="link-button")
        if way
        else rx.fragment(),
        class_name=rx.cond(held, "requirement held", "requirement"),
    )


def _contract() -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(
                rx.cond(_SETUP["has_contract"], icon("check")),
                class_name="requirement-mark",
                aria_hidden="true",
            ),
            rx.el.span(
                rx.el.b(tr("The connection contract")),
                rx.cond(
                    _SETUP["has_contract"],
                    rx.el.span(
                        MomentIn.create(
                            sentence=rx.cond(
                                _SETUP["accepted_by"] != "",
                                tr("Accepted by {name}, {moment}", name=_SETUP["accepted_by"]),
                                tr("Accepted {moment}"),
                            ),
                            at=_SETUP["accepted_at"],
                        )
                    ),
                    rx.el.span(tr("Read it and accept it on behalf of the company.")),
                ),
            ),
        ),
        rx.el.details(
            rx.el.summary(tr("Read the contract")),
            rx.el.div(
                rx.foreach(ConnectState.clauses, _clause),
                tab_index=0,
                role="document",
                aria_label=tr("The connection contract"),
                class_name="contract",
            ),
            open=~_SETUP["has_contract"].to(bool),
        ),
        rx.cond(
            _SETUP["has_contract"],
            rx.fragment(),
            rx.el.button(
                tr("Accept the contract"),
                type="button",
                on_click=ConnectState.accept_contract,
                class_name="button quiet-button",
            ),
        ),
        class_name=rx.cond(_SETUP["has_contract"], "requirement held", "requirement"),
    )


def _clause(clause: ObjectVar[Clause]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(clause["title"]), rx.el.p(clause["text"]), key=clause["title"].to(str)
    )
