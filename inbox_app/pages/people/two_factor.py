"""What admins see and do of the second factors of their people (X1)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.forms.checkbox import Checkbox
from inbox_app.components.forms.fields import form_problem
from inbox_app.components.i18n.text import tr
from inbox_app.pages.people.two_factor_state import TwoFactorState
from inbox_app.queries.accounts.rows import PersonRow


def requirement() -> rx.Component:
    return rx.el.div(
        rx.el.label(
            Checkbox.create(
                checked=TwoFactorState.required,
                refusals=TwoFactorState.refusals,
                on_tick=TwoFactorState.require,
            ),
            rx.el.span(
                rx.el.b(tr("Require two-step verification of everybody")),
                rx.el.p(
                    tr(
                        "Anyone who has not set it up yet is signed out now, and sets it up at"
                        " the next sign-in."
                    )
                ),
            ),
            class_name="setting-choice",
        ),
        rx.cond(
            TwoFactorState.refusals > 0,
            form_problem(tr("Switch on your own first, in the settings.")),
        ),
        class_name="settings-section",
    )


def reset_button(row: ObjectVar[PersonRow]) -> rx.Component:
    return rx.cond(
        row["two_factor"].to(bool),
        rx.el.button(
            tr("Reset two-step verification…"),
            type="button",
            aria_haspopup="dialog",
            on_click=TwoFactorState.ask_reset(row["id"].to(str)),
            class_name="button quiet-button",
        ),
    )


def reset_question() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(
            tr(
                "For somebody who has lost their phone: they are signed out everywhere and sign"
                " in with the password alone. Make sure it is really them asking."
            )
        ),
        open=TwoFactorState.asked_id != "",
        title=tr("Reset the two-step verification of {name}?", name=TwoFactorState.asked_name),
        confirm_label=tr("Reset"),
        busy=False,
        focus_after=".people-page h1",
        on_confirm=TwoFactorState.reset_factor,
        on_cancel=TwoFactorState.ask_reset(""),
    )
