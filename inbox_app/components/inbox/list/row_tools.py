"""What one can do to rows of the list: done, snooze, archive and more, for one or for several."""

import reflex as rx

from inbox_app.components.dialogs import dialog, form_dialog, menu
from inbox_app.components.i18n import text, times
from inbox_app.components.inbox.list import label_picker
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("row_tools.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in (
        "row_tools_parts.jsx", "row_menu.jsx", "snooze_choices.jsx", "triage_notice.jsx",
        "assign_page.jsx", "chosen_bar.jsx", "label_dialogs.jsx", "chosen_rows.js",
        "row_gestures.js",
    )
]  # fmt: skip
_needs = (dialog, form_dialog, icons, label_picker, lazy_ahead, menu, text, times)

Word = rx.Var[str]


def _change(
    what: Word, chosen: rx.Var[list[str]], value: Word
) -> tuple[Word, rx.Var[list[str]], Word]:
    return what, chosen, value


def _make(name: Word, chosen: rx.Var[list[str]]) -> tuple[Word, rx.Var[list[str]]]:
    return name, chosen


def _one(one: Word) -> tuple[Word]:
    return (one,)


def _two(one: Word, other: Word) -> tuple[Word, Word]:
    return one, other


def _three(one: Word, other: Word, third: Word) -> tuple[Word, Word, Word]:
    return one, other, third


class RowTools(rx.Component):
    """`rows` are those of the list that is shown, `view` names it, `more` says whether it goes on.

    Rows carry their ids as `data-row` and a link with `data-conversation`; what stands on them with
    `data-act` does that to its row. `on_change` is told what (a name of `triage_changes`), to which
    ids (or «view»), and a value; `notices` (`TriageNoticeRow`) are one or none. `labels`
    (`LabelRow`) are the account's, `views` (`SavedViewRow`) the person's; `problem` (`NameProblem`)
    is what stands against a name, `done` changes with each that was kept.
    """

    library = _file.importable_path
    tag = "RowTools"

    rows: rx.Var[list]
    view: rx.Var[str]
    more: rx.Var[bool]
    notices: rx.Var[list]

    search: rx.Var[str]
    """What stands in the box, by whatever way it was asked for."""
    labels: rx.Var[list]
    views: rx.Var[list]
    people: rx.Var[list]
    """Of whom a conversation can be (`ColleagueRow`): `me` is the id of who looks at it."""
    me: rx.Var[str]
    problem: rx.Var[str]
    done: rx.Var[int]

    on_change: rx.EventHandler[_change]
    on_undo: rx.EventHandler[rx.event.no_args_event_spec]
    on_make_label: rx.EventHandler[_make]
    on_change_label: rx.EventHandler[_three]
    on_merge_label: rx.EventHandler[_two]
    on_delete_label: rx.EventHandler[_one]
    on_save_view: rx.EventHandler[_one]
    on_delete_view: rx.EventHandler[_one]


class OpenRowButton(rx.Component):
    """A button with a picture, or somebody's initials, that does `act` to the conversation that is
    open."""

    library = _file.importable_path
    tag = "OpenRowButton"

    act: rx.Var[str]
    icon: rx.Var[str]
    text: rx.Var[str]
    label: rx.Var[str]
