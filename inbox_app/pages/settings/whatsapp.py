"""The section «WhatsApp account»: the number, how it fares, what to do about it (C6)."""

import reflex as rx

from inbox_app.components.connecting.two_numbers import two_numbers
from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import FullLoadButton
from inbox_app.components.vars import in_browser
from inbox_app.pages.settings.costs import month_costs, unpaid
from inbox_app.pages.settings.figures import figures
from inbox_app.pages.settings.notes import notice, standing
from inbox_app.pages.settings.state import SettingsState
from inbox_app.pages.shared.number_pin import PinState
from inbox_app.pages.shared.two_numbers_advice import AdviceState

_HEALTH = in_browser(SettingsState.health)


def whatsapp() -> rx.Component:
    return rx.fragment(
        rx.el.section(
            rx.el.h2(icon("plug"), tr("WhatsApp account")),
            rx.cond(
                SettingsState.ready,
                rx.cond(_HEALTH["state"] == "none", _nothing(), _connection()),
                rx.el.div(class_name="skeleton", aria_hidden="true"),
            ),
            class_name="settings-section",
            aria_label=tr("WhatsApp account"),
        ),
        rx.cond(AdviceState.wanted, two_numbers(AdviceState.dismiss)),
    )


def _nothing() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            tr(
                "No number is connected. Once one is, guests, owners and suppliers can write "
                "to it and you answer from here."
            )
        ),
        rx.cond(
            SettingsState.may,
            rx.el.div(
                FullLoadButton.create(tr("Connect account"), to="/connect", class_name="button"),
                class_name="health-actions",
            ),
            rx.el.p(tr("Ask an administrator to connect the account."), class_name="quiet"),
        ),
    )


def _connection() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.span(_HEALTH["display"], class_name="health-number", dir="ltr"),
            rx.el.span(_HEALTH["name"], dir="auto"),
            class_name="health-head",
        ),
        standing(),
        unpaid(),
        rx.foreach(SettingsState.notices, notice),
        figures(),
        month_costs(),
        rx.cond(SettingsState.may, _actions()),
        _contract(),
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(
            _HEALTH["state"] == "refused",
            FullLoadButton.create(tr("Reconnect account"), to="/connect", class_name="button"),
            FullLoadButton.create(
                tr("Renew the credentials"),
                to="/connect?renew=1",
                class_name="button quiet-button",
            ),
        ),
        rx.el.button(
            icon("retry"),
            rx.cond(SettingsState.checking, tr("Checking…"), tr("Check now")),
            type="button",
            disabled=SettingsState.checking,
            on_click=SettingsState.check_now,
            class_name="button quiet-button",
        ),
        rx.cond(_HEALTH["pin_kept"], _pin()),
        rx.el.button(
            tr("Disconnect…"),
            type="button",
            aria_haspopup="dialog",
            on_click=SettingsState.ask(True),
            class_name="button quiet-button leave-button",
        ),
        _question(),
        class_name="health-actions",
    )


def _question() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(
            tr(
                "Nothing will go out or come in until a number is connected again. "
                "Conversations, history and drafts stay; the credentials are erased."
            )
        ),
        open=SettingsState.asking,
        title=tr("Disconnect {number}?", number=_HEALTH["display"]),
        confirm_label=tr("Disconnect"),
        busy=False,
        on_confirm=SettingsState.disconnect,
        on_cancel=SettingsState.ask(False),
    )


def _pin() -> rx.Component:
    return rx.el.button(
        icon("lock"),
        rx.cond(
            PinState.pin == "",
            tr("Show the two-step code"),
            tr("Two-step code: {code}", code=PinState.pin),
        ),
        type="button",
        on_click=PinState.toggle,
        class_name="button quiet-button",
    )


def _contract() -> rx.Component:
    return rx.el.p(
        MomentIn.create(
            sentence=rx.cond(
                _HEALTH["accepted_by"] != "",
                tr(
                    "Contract, version {version}: accepted by {name}, {moment}.",
                    version=_HEALTH["contract_version"],
                    name=_HEALTH["accepted_by"],
                ),
                tr(
                    "Contract, version {version}: accepted from the command line, {moment}.",
                    version=_HEALTH["contract_version"],
                ),
            ),
            at=_HEALTH["accepted_at"],
        ),
        class_name="quiet",
    )
