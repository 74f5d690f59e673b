"""What an actor was made one with, and the way back (A3)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import in_browser, words_for
from inbox_app.domain.people.actors import MergeProblem
from inbox_app.pages.actors.merge_state import BUSY, MergeState
from inbox_app.pages.actors.record_state import RecordState

_record = in_browser(RecordState.record)


def merge_notice() -> rx.Component:
    """What was made one with whom, and the way back."""
    return rx.fragment(
        rx.cond(
            _record["merged_into"] != "",
            rx.el.p(
                icon("link"),
                rx.el.span(tr("They turned out to be someone else.")),
                NavigationLink.create(
                    tr("See them"),
                    to=f"/actors/{_record['merged_into']}",
                    class_name="link-button",
                ),
                class_name="record-notice",
            ),
        ),
        rx.cond(
            _record["merge_id"] != "",
            rx.el.p(
                icon("link"),
                rx.el.span(
                    MomentIn.create(
                        sentence=tr("Merged with {name} {moment}.", name=_record["merge_name"]),
                        at=_record["merge_at"],
                    )
                ),
                rx.el.button(
                    tr("Undo the merge"),
                    type="button",
                    class_name="link-button",
                    on_click=MergeState.undo(_record["merge_id"].to(str), _record["id"].to(str)),
                ),
                class_name="record-notice",
            ),
        ),
        rx.el.div(_not_undone(), role="alert"),
    )


def _not_undone() -> rx.Component:
    said = words_for(
        MergeState.not_undone,
        (
            MergeProblem.NOT_LATEST.value,
            tr("Another merge came after this one: undo that first, then this."),
        ),
        (BUSY, tr("Someone else is changing this right now. Try again.")),
        tr(
            "There is nothing to undo any more: someone undid it already, or one of the two "
            "was erased."
        ),
    )
    return rx.cond(
        (MergeState.not_undone != "") & (MergeState.not_undone_of == _record["id"]),
        rx.el.p(icon("warning"), rx.el.span(said), class_name="record-notice refused"),
    )
