"""The section «Keeping data»: how long messages, files and raw events stay (A6)."""

from collections.abc import Iterator, Sequence

import reflex as rx

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.forms.fields import field
from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser
from inbox_app.domain.accounts import retention as rules
from inbox_app.pages.settings.retention_state import RetentionState

_A_YEAR = 365
_kept, _goes = in_browser(RetentionState.kept), in_browser(RetentionState.goes)


def retention() -> rx.Component:
    return rx.fragment(
        rx.el.form(
            _choice("messages", tr("Messages"), rules.MESSAGES, tr("For ever")),
            _choice("files", tr("Photos and documents"), rules.FILES, tr("As long as messages")),
            _choice(
                "events",
                tr("What WhatsApp sent, as it came"),
                rules.EVENTS,
                tr_n("{n} day", "{n} days", n=30),
            ),
            rx.el.div(
                rx.el.button(tr("Save"), type="submit", class_name="button quiet-button"),
                rx.cond(
                    RetentionState.saved,
                    rx.el.span(icon("check"), tr("Saved"), role="status", class_name="saved-note"),
                ),
                class_name="health-actions",
            ),
            key=_kept.to_string(),
            on_submit=RetentionState.choose,
            class_name="retention-form",
        ),
        _question(),
    )


def _choice(name: str, label: Shown, days: Sequence[int], none: Shown) -> rx.Component:
    return field(
        label,
        rx.el.select(
            rx.el.option(none, value=""),
            *_options(days),
            name=name,
            default_value=_kept[name],
        ),
    )


def _options(days: Sequence[int]) -> Iterator[rx.Component]:
    for each in days:
        years, rest = divmod(each, _A_YEAR)
        yield rx.el.option(
            tr_n("{n} day", "{n} days", n=each) if rest else tr_n("{n} year", "{n} years", n=years),
            value=str(each),
        )


def _question() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(
            tr("This is older already, and is erased within a few hours:"), class_name="explanation"
        ),
        rx.el.ul(
            rx.el.li(
                _counted(
                    _goes["messages"], tr_n("{n} message", "{n} messages", n=_goes["messages"])
                )
            ),
            rx.el.li(_counted(_goes["files"], tr_n("{n} file", "{n} files", n=_goes["files"]))),
            class_name="retention-counts",
        ),
        rx.el.p(
            tr(
                "From then on each is erased once it is that old. Who wrote when stays; what was"
                " said cannot be brought back. A task made from a message keeps its words until"
                " it has been closed that long."
            )
        ),
        open=RetentionState.asking,
        title=tr("Erase what is older?"),
        confirm_label=tr("Erase from now on"),
        busy=False,
        on_confirm=RetentionState.confirm,
        on_cancel=RetentionState.cancel,
    )


def _counted(count: rx.Var[int], words: Shown) -> Shown:
    """Beyond the most that is counted it says so."""
    most = _goes["most"]
    return rx.cond(count >= most, tr("more than {n}", n=most), words)
