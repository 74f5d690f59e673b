"""Whose business conversations become by themselves, chosen by the company's admins (X1)."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventCallback
from reflex.vars import ObjectVar

from inbox_app.components.forms.checkbox import Checkbox
from inbox_app.components.forms.fields import field
from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import in_browser, words_for
from inbox_app.domain.conversations.assignment import PartnerKind
from inbox_app.pages.people.assignment_state import AssignmentState
from inbox_app.queries.accounts.rows import ColleagueRow, HomeRuleRow, KindRuleRow

_rules = in_browser(AssignmentState.rules)
_people = _rules["people"].to(list[ColleagueRow])


def assignment() -> rx.Component:
    """Who is alone assigns nothing."""
    return rx.cond(
        _people.length() > 1,
        rx.el.section(
            rx.el.h2(tr("Automatic assignment"), id="assignment"),
            rx.el.p(
                tr(
                    "A conversation to answer that is assigned to nobody goes to somebody: first"
                    " by the accommodation of the stay, then by who writes, otherwise in turn."
                ),
                class_name="explanation",
            ),
            rx.el.h3(tr("By accommodation")),
            rx.foreach(_rules["homes"].to(list[HomeRuleRow]), _home),
            rx.cond(_rules["free_homes"].to(list).length() > 0, _another_home()),
            rx.el.h3(tr("By who writes")),
            rx.foreach(_rules["kinds"].to(list[KindRuleRow]), _kind),
            rx.el.h3(tr("In turn")),
            rx.foreach(_people, _turn),
            aria_labelledby="assignment",
            class_name="settings-section assignment",
        ),
    )


def _home(row: ObjectVar[HomeRuleRow]) -> rx.Component:
    home = row["id"].to(str)
    return rx.el.label(
        rx.el.span(row["name"], class_name="truncate", dir="auto"),
        _choice(row["person"].to(str), lambda person: AssignmentState.set_home(home, person)),
        class_name="rule",
        key=home,
    )


def _another_home() -> rx.Component:
    def option(row: ObjectVar[HomeRuleRow]) -> rx.Component:
        return rx.el.option(row["name"], value=row["id"].to(str), key=row["id"].to(str))

    homes = rx.foreach(_rules["free_homes"].to(list[HomeRuleRow]), option)
    return rx.el.form(
        field(tr("Accommodation"), rx.el.select(homes, name="home", id="home")),
        field(
            tr("Goes to"), rx.el.select(rx.foreach(_people, _option), name="person", id="person")
        ),
        rx.el.button(tr("Add"), type="submit", class_name="button quiet-button"),
        key=AssignmentState.added.to_string(),
        on_submit=AssignmentState.add_home,
        class_name="people-form",
    )


def _kind(row: ObjectVar[KindRuleRow]) -> rx.Component:
    kind = row["kind"].to(str)
    name = words_for(
        kind,
        (PartnerKind.GUEST.value, tr("Guests")),
        (PartnerKind.OWNER.value, tr("Owners")),
        (PartnerKind.SUPPLIER.value, tr("Suppliers")),
        tr("Unknown senders"),
    )
    return rx.el.label(
        rx.el.span(name),
        _choice(row["person"].to(str), lambda person: AssignmentState.set_kind(kind, person)),
        class_name="rule",
        key=kind,
    )


def _choice(
    chosen: rx.Var[str], on_change: Callable[[rx.Var[str]], EventCallback[()]]
) -> rx.Component:
    return rx.el.select(
        rx.el.option(tr("Nobody"), value=""),
        rx.foreach(_people, _option),
        value=chosen,
        on_change=on_change,
        class_name="plain-select",
    )


def _option(row: ObjectVar[ColleagueRow]) -> rx.Component:
    return rx.el.option(row["name"], value=row["id"].to(str), key=row["id"].to(str))


def _turn(row: ObjectVar[ColleagueRow]) -> rx.Component:
    person = row["id"].to(str)
    return rx.el.label(
        Checkbox.create(
            checked=_rules["turns"].to(list[str]).contains(person),
            refusals=0,
            on_tick=lambda takes: AssignmentState.set_turns(person, takes),
        ),
        rx.el.span(row["name"], class_name="truncate", dir="auto"),
        class_name="turn",
        key=person,
    )
