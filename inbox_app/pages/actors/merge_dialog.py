"""The dialog in which two actors are made one, with what goes over (A3)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.form_dialog import CloseButton, FormDialog
from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.inbox.list.chips import kind_chip
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.layout.icons import icon
from inbox_app.components.vars import Shown, in_browser, some, words_for
from inbox_app.domain.people.actors import MergeProblem
from inbox_app.pages.actors.merge_state import BUSY, MergeState
from inbox_app.pages.actors.record_state import RecordState
from inbox_app.queries.people.rows import ActorRow

MERGE = "merge-actor"
"""The DOM event that opens it."""

_record = in_browser(RecordState.record)
_kept, _gone = in_browser(MergeState.kept), in_browser(MergeState.gone)
_moves = in_browser(MergeState.moves)
_people = in_browser(MergeState.people)


def merge_dialog() -> rx.Component:
    return FormDialog.create(
        rx.cond(_kept["id"] == "", _search(), _preview()),
        title=tr("Merge with another actor"),
        opens_on=MERGE,
        done=in_browser(MergeState.done).to_string(),
        on_open=MergeState.begin,
    )


def _search() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            tr("Who is the same person as {name}?", name=_record["name"]), class_name="explanation"
        ),
        search_box(
            tr("Name, number, e-mail or code"),
            MergeState.search,
            max_length=100,
            custom_attrs={"data-first": ""},
        ),
        rx.el.div(rx.foreach(_people, _person), class_name="search-results"),
        rx.cond(
            (in_browser(MergeState.words) != "") & (_people.length() == 0),
            rx.el.p(
                tr("Nobody has this name, number, e-mail or code."),
                class_name="recipient-empty",
                role="status",
            ),
        ),
        class_name="recipient-search",
    )


def _person(person: ObjectVar[ActorRow]) -> rx.Component:
    return rx.cond(
        person["id"] == _record["id"],
        rx.fragment(),
        rx.el.button(
            avatar(person["initials"], person["kind"], size="tiny"),
            rx.el.span(
                rx.el.b(person["name"], class_name="truncate", dir="auto"),
                rx.el.small(
                    rx.cond(person["phone"] != "", person["phone"], person["email"]),
                    class_name="truncate",
                ),
                class_name="search-result-text",
            ),
            kind_chip(person["kind"]),
            type="button",
            class_name="search-result",
            key=person["id"],
            custom_attrs={"data-choice": ""},
            on_click=MergeState.look(_record["id"].to(str), person["id"].to(str)),
        ),
    )


def _preview() -> rx.Component:
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(tr("Who stays")),
            _side(_record["id"] == _kept["id"], _record["id"], _other_id()),
            _side(_record["id"] != _kept["id"], _other_id(), _record["id"]),
            class_name="merge-sides",
        ),
        rx.el.p(tr("What moves over from {name}:", name=_gone["name"]), class_name="explanation"),
        rx.el.dl(
            _several(tr("Numbers"), _moves["numbers"]),
            _fact(
                tr("Conversations"),
                rx.cond(
                    some(_moves["conversations"]),
                    tr_n("{n} conversation", "{n} conversations", n=_moves["conversations"]),
                    tr("none"),
                ),
            ),
            _several(tr("Reservations"), _moves["stays"]),
            _several(tr("Accommodations"), _moves["homes"]),
            _several(tr("Labels"), _moves["labels"]),
            rx.cond(_moves["email"] != "", _fact(tr("E-mail"), _email())),
            rx.cond(_moves["notes"], _fact(tr("Notes"), tr("added below the others"))),
            class_name="merge-moves",
        ),
        rx.el.p(
            tr("Name and kind stay those of {name}.", name=_kept["name"]),
            " ",
            tr("Each message keeps the number it went to, and you can undo it."),
            class_name="explanation",
        ),
        rx.el.div(
            rx.cond(
                MergeState.problem != "",
                rx.el.p(icon("warning"), rx.el.span(_problem()), class_name="form-problem"),
            ),
            role="alert",
        ),
        rx.el.div(
            rx.el.button(
                tr("Choose another"),
                type="button",
                class_name="button quiet-button",
                on_click=MergeState.look("", ""),
            ),
            CloseButton.create(tr("Cancel"), class_name="button quiet-button"),
            rx.el.button(
                tr("Merge"), type="button", class_name="button", on_click=MergeState.merge
            ),
            class_name="dialog-end",
        ),
        class_name="dialog-form",
    )


def _other_id() -> rx.Var[str]:
    return rx.cond(_record["id"] == _kept["id"], _gone["id"], _kept["id"]).to(str)


def _side(stays: rx.Var[bool], id_: rx.Var[str], other: rx.Var[str]) -> rx.Component:
    side = rx.cond(stays, _kept, _gone).to(dict[str, str])
    return rx.el.button(
        rx.el.b(side["name"], dir="auto"),
        rx.el.small(side["about"]),
        type="button",
        class_name="merge-side",
        aria_pressed=stays,
        on_click=MergeState.look(id_.to(str), other.to(str)),
    )


def _fact(name: Shown, value: rx.Component | rx.Var[str]) -> rx.Component:
    return rx.fragment(rx.el.dt(name), rx.el.dd(value))


def _several(name: Shown, values: rx.Var[list[str]]) -> rx.Component:
    each = values.to(list[str])
    return rx.cond(each.length() > 0, _fact(name, each.join(", ")))


def _email() -> rx.Component:
    return rx.fragment(
        _moves["email"],
        rx.cond(
            _moves["email_to_notes"] != "",
            rx.fragment(
                rx.el.br(),
                rx.el.small(tr("{email} goes to the notes", email=_moves["email_to_notes"])),
            ),
        ),
    )


def _problem() -> rx.Var[str]:
    return words_for(
        MergeState.problem,
        (BUSY, tr("Someone else is changing this right now. Try again.")),
        (MergeProblem.GONE.value, tr("They are no longer there. Choose again.")),
        tr("It couldn't be done."),
    )
