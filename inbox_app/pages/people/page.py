"""The page: who belongs to the company, what they may do, and how others come in (X1)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.forms.fields import field, form_problem, text_input
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.people.password_link import PasswordLink
from inbox_app.components.vars import part_for, words_for
from inbox_app.domain.accounts.accounts import AccountProblem
from inbox_app.pages.people.assignment import assignment
from inbox_app.pages.people.state import PeopleState
from inbox_app.pages.people.two_factor import requirement, reset_button, reset_question
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.page_head import page_head
from inbox_app.queries.accounts.rows import PersonRow


def people() -> rx.Component:
    return frame.frame(
        page_style(sheet="settings"),
        page_style(sheet="cards"),
        page_style(sheet="people"),
        page_style(sheet="two_factor"),
        rx.el.section(
            page_head(tr("People")),
            rx.cond(
                PeopleState.ready,
                rx.cond(PeopleState.may, _all(), _for_admins()),
                rx.el.div(class_name="form skeleton", aria_hidden="true"),
            ),
            class_name="page people-page",
            aria_label=tr("People"),
        ),
        _question(),
        reset_question(),
        TabTitle.create(name=tr("People"), count=NoticesState.unread),
        place="settings",
        pane="page",
    )


def _for_admins() -> rx.Component:
    return empty_state(
        "lock", tr("For administrators"), tr("Ask an administrator to invite or remove people.")
    )


def _all() -> rx.Component:
    return rx.el.div(
        _problem(),
        _mailed(),
        _invitation(),
        rx.el.ul(rx.foreach(PeopleState.rows, _person), class_name="boxed boxed-rows"),
        assignment(),
        requirement(),
        class_name="page-parts",
    )


def _problem() -> rx.Component:
    return part_for(
        PeopleState.problem,
        ("", rx.fragment()),
        (AccountProblem.EMAIL.value, form_problem(tr("This is not an e-mail address."))),
        (
            AccountProblem.EMAIL_TAKEN.value,
            form_problem(tr("Someone already signs in with this e-mail.")),
        ),
        (
            AccountProblem.LAST_ADMIN.value,
            form_problem(
                tr("The company would be left without an administrator: make another one first.")
            ),
        ),
        form_problem(tr("This cannot be done any more: somebody has changed it meanwhile.")),
    )


def _mailed() -> rx.Component:
    return rx.cond(
        PeopleState.mailed != "",
        rx.el.p(
            icon("check"),
            tr("A link is on its way to {email}.", email=PeopleState.mailed),
            role="status",
            class_name="form-done",
        ),
    )


def _mail_button(person: rx.Var[str]) -> rx.Component:
    return rx.cond(
        PeopleState.mail,
        rx.el.button(
            tr("Send the link by e-mail"),
            type="button",
            on_click=PeopleState.mail_link(person),
            class_name="button quiet-button",
        ),
    )


def _invitation() -> rx.Component:
    return rx.el.form(
        rx.el.h2(tr("Invite somebody")),
        rx.el.div(
            field(tr("E-mail"), text_input("email", "email", auto_complete="off")),
            field(tr("Name"), rx.el.input(name="name", id="name", auto_complete="off")),
            field(tr("Role"), rx.el.select(*_roles(), name="role", id="role")),
            rx.el.button(tr("Invite"), type="submit", class_name="button"),
            class_name="people-form",
        ),
        key=PeopleState.invited.to_string(),
        on_submit=PeopleState.invite,
        class_name="settings-section",
    )


def _roles() -> list[rx.Component]:
    return [
        rx.el.option(tr("Agent: answers"), value="agent"),
        rx.el.option(tr("Administrator: connects, invites, erases"), value="admin"),
    ]


def _person(row: ObjectVar[PersonRow]) -> rx.Component:
    mine = row["id"].to(str) == PeopleState.me
    return rx.el.li(
        rx.el.div(
            rx.el.b(
                rx.cond(row["name"] == "", row["email"], row["name"]),
                dir="auto",
                class_name="truncate",
            ),
            rx.el.p(rx.cond(row["name"] == "", "", row["email"]), class_name="truncate"),
            rx.el.p(
                _standing(row),
                rx.cond(
                    row["two_factor"].to(bool), rx.fragment(" · ", tr("Two-step verification"))
                ),
                class_name="quiet",
            ),
        ),
        rx.cond(mine, rx.el.p(tr("You"), class_name="tag"), _deeds(row)),
        class_name=words_for(row["state"], ("disabled", "colleague off"), "colleague"),
        key=row["id"].to(str),
    )


def _standing(row: ObjectVar[PersonRow]) -> rx.Component:
    return part_for(
        row["state"],
        ("invited", rx.fragment(tr("Invited, has not signed in yet"))),
        ("disabled", rx.fragment(tr("Deactivated"))),
        rx.cond(
            row["seen_at"].to(int) > 0,
            MomentIn.create(sentence=tr("Last seen {moment}"), at=row["seen_at"]),
            rx.fragment(tr("Not signed in anywhere")),
        ),
    )


def _deeds(row: ObjectVar[PersonRow]) -> rx.Component:
    person = row["id"].to(str)
    return rx.el.div(
        part_for(
            row["state"],
            (
                "disabled",
                rx.el.button(
                    tr("Let in again"),
                    type="button",
                    on_click=PeopleState.activate(person),
                    class_name="button quiet-button",
                ),
            ),
            (
                "invited",
                rx.fragment(
                    _mail_button(person),
                    PasswordLink.create(person=person, label=tr("Make the invitation link")),
                    rx.el.button(
                        tr("Withdraw"),
                        type="button",
                        on_click=PeopleState.uninvite(person),
                        class_name="button quiet-button",
                    ),
                ),
            ),
            rx.fragment(
                rx.el.select(
                    *_roles(),
                    value=row["role"].to(str),
                    on_change=lambda role: PeopleState.set_role(person, role),
                    aria_label=tr("Role of {name}", name=row["email"]),
                    class_name="plain-select",
                ),
                _mail_button(person),
                PasswordLink.create(person=person, label=tr("Make a password link")),
                reset_button(row),
                rx.el.button(
                    tr("Deactivate…"),
                    type="button",
                    aria_haspopup="dialog",
                    on_click=PeopleState.ask_deactivate(person),
                    class_name="button quiet-button leave-button",
                ),
            ),
        ),
        class_name="colleague-deeds",
    )


def _question() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(
            tr("They are signed out everywhere at once. What they wrote stays, under their name.")
        ),
        rx.el.p(tr("Their conversations become unassigned, and no rule names them any more.")),
        open=PeopleState.asked_id != "",
        title=tr("Deactivate {name}?", name=PeopleState.asked_name),
        confirm_label=tr("Deactivate"),
        busy=False,
        focus_after=".people-page h1",
        on_confirm=PeopleState.deactivate,
        on_cancel=PeopleState.ask_deactivate(""),
    )
