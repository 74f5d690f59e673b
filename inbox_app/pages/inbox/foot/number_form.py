"""The dialogs in which a number is added, chosen or corrected (B4, B5, B6, B7, B13)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.form_dialog import CloseButton, FormDialog
from inbox_app.components.forms.countries import prefix_select
from inbox_app.components.forms.fields import field
from inbox_app.components.forms.phone_problems import phone_problem
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.vars import Shown, in_browser, words_for
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.domain.sending import Reason
from inbox_app.pages.inbox.foot.number_state import BUSY, OTHERS, Doing, NumberState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.queries.inbox.rows import PhoneRow

_foot = in_browser(ThreadState.foot)
_header = in_browser(ThreadState.header)


def add_phone_dialog() -> rx.Component:
    return _dialog(tr("Add phone"), lazy_part(phone_to_add()), doing=Doing.ADD)


def fix_number_dialog() -> rx.Component:
    return _dialog(tr("Correct number"), lazy_part(number_to_fix()), doing=Doing.FIX)


def _dialog(label: Shown, form: rx.Component, *, doing: Doing) -> rx.Component:
    return FormDialog.create(
        form,
        label=label,
        title=label,
        class_name="button",
        key=f"{_header['id']}-{doing}",
        done=NumberState.saved.to_string(),
        fallback_focus="#message-box, .foot-card .button:not(.answer-later)",
        on_open=NumberState.begin,
    )


@rx.memo
def phone_to_add() -> rx.Component:
    """B4 an empty field, B5 the correction proposed, B6 the phones on file to choose from."""
    choosing = _foot["reason"] == Reason.PHONE_NOT_CHOSEN.value
    return _form(
        rx.cond(choosing, _chooser(), rx.fragment(_on_file(), _field(_foot["proposal"]))),
        doing=Doing.ADD,
    )


@rx.memo
def number_to_fix() -> rx.Component:
    """B7."""
    return _form(_field(_header["phone"]), doing=Doing.FIX)


def _form(*fields: rx.Component, doing: Doing) -> rx.Component:
    thread = _header["id"].to(str)
    return rx.el.form(
        rx.el.p(tr("WhatsApp number of {name}", name=_header["name"]), class_name="quiet"),
        rx.el.input(type="hidden", name="thread", value=thread, read_only=True),
        rx.el.input(type="hidden", name="doing", value=doing.value, read_only=True),
        *fields,
        _problem_area(thread, doing),
        rx.el.div(
            CloseButton.create(tr("Cancel"), class_name="button quiet-button"),
            rx.el.button(tr("Save"), type="submit", class_name="button"),
            class_name="dialog-end",
        ),
        on_submit=NumberState.save,
        class_name="dialog-form",
    )


def _on_file() -> rx.Component:
    """What cannot be used, and why."""
    return rx.cond(
        in_browser(_foot["phones"]).length() > 0,
        rx.el.div(
            rx.el.span(tr("On file")),
            rx.el.ul(rx.foreach(in_browser(_foot["phones"]), _unusable)),
            class_name="known-numbers",
        ),
    )


def _unusable(phone: ObjectVar[PhoneRow]) -> rx.Component:
    return rx.el.li(rx.el.b(phone["raw"], dir="ltr"), rx.el.span(_why(phone)))


def _why(phone: ObjectVar[PhoneRow]) -> rx.Var[str]:
    """A number that is well in itself and unusable all the same is the account's own."""
    own = tr("This is your own WhatsApp number.")
    return words_for(phone["problem"], ("", own), phone_problem(phone["problem"]))


def _chooser() -> rx.Component:
    return rx.fragment(
        rx.el.fieldset(
            rx.el.legend(tr("Which one is for WhatsApp?")),
            rx.foreach(in_browser(_foot["phones"]), _choice),
            rx.el.label(
                rx.el.input(type="radio", name="choice", value="", custom_attrs={"data-other": ""}),
                rx.el.span(tr("Another number")),
                class_name="radio",
            ),
            class_name="radios",
        ),
        rx.el.div(_field(""), class_name="other-number"),
    )


def _choice(phone: ObjectVar[PhoneRow], at: rx.Var[int]) -> rx.Component:
    well = phone["problem"] == ""
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="choice",
            value=phone["number"].to(str),
            disabled=phone["number"] == "",
            default_checked=(at == 0) & well,
        ),
        rx.el.span(
            rx.el.b(rx.cond(phone["number"] == "", phone["raw"], phone["shown"]), dir="ltr"),
            rx.cond(
                well,
                rx.fragment(),
                rx.el.small(
                    tr("On file: {number}.", number=phone["raw"]), " ",
                    phone_problem(phone["problem"]),
                ),
            ),
        ),
        class_name="radio",
    )  # fmt: skip


def _field(value: Shown) -> rx.Component:
    return field(
        tr("Phone number"),
        rx.el.input(
            name="number",
            type="tel",
            default_value=value,
            auto_complete="off",
            dir="ltr",
            max_length=60,
            aria_invalid=NumberState.problem != "",
            aria_describedby="number-problem",
            custom_attrs={"data-first": ""},
        ),
        tr("With the international prefix, like +39 347 123 4567"),
    )


def _problem_area(thread: rx.Var[str], doing: Doing) -> rx.Component:
    problem = in_browser(NumberState.problem)
    return rx.el.div(
        rx.cond(
            problem != "",
            rx.el.p(icon("warning"), rx.el.span(_sentence(problem)), class_name="form-problem"),
        ),
        rx.cond(
            NumberState.proposal != "",
            rx.el.button(
                tr("Use {number}", number=NumberState.proposal),
                type="button",
                class_name="button quiet-button",
                on_click=NumberState.accept(thread, doing.value),
            ),
        ),
        rx.cond(
            (problem == PhoneProblem.MISSING_PREFIX.value) | (NumberState.country != ""),
            prefix_select(in_browser(NumberState.country), NumberState.choose_country),
        ),
        id="number-problem",
        role="alert",
        class_name="form-problem-area",
    )


def _sentence(problem: rx.Var[str]) -> rx.Var[str]:
    return words_for(
        problem,
        (OTHERS, tr("{name} already has a conversation with this number.", name=NumberState.whose)),
        (BUSY, tr("Someone else is changing this right now. Try again.")),
        phone_problem(problem),
    )
