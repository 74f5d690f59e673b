"""Whether to erase the data of an actor, asked twice (A6)."""

import reflex as rx

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import in_browser
from inbox_app.pages.actors.record_state import RecordState

_record = in_browser(RecordState.record)
_TWICE = 2


def erase_dialogs() -> rx.Component:
    """Asked twice: nothing brings it back."""
    return rx.fragment(
        ConfirmDialog.create(
            rx.el.p(
                tr(
                    "Their messages, files, numbers, notes and what you wrote to them are erased "
                    "for good. That something was written, and when, stays."
                )
            ),
            open=RecordState.erasing == 1,
            title=tr("Erase the data of {name}?", name=_record["name"]),
            confirm_label=tr("Continue"),
            busy=False,
            focus_after=".record h1",
            on_confirm=RecordState.ask_erase(2),
            on_cancel=RecordState.ask_erase(0),
        ),
        ConfirmDialog.create(
            rx.el.p(tr("There is no way back, not for us either.")),
            open=RecordState.erasing == _TWICE,
            title=tr("Really erase everything about {name}?", name=_record["name"]),
            confirm_label=tr("Erase for good"),
            busy=False,
            focus_after=".record h1",
            on_confirm=RecordState.erase,
            on_cancel=RecordState.ask_erase(0),
        ),
    )
