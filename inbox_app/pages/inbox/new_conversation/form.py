"""«Nuova conversazione»: somebody of the account's, or a number."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.form_dialog import FormDialog
from inbox_app.components.forms.countries import prefix_select
from inbox_app.components.forms.phone_problems import phone_problem
from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.text import tr
from inbox_app.components.inbox.list.chips import kind_chip
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.vars import in_browser, words_for
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.pages.inbox.new_conversation.state import BUSY, OTHERS, NewConversationState
from inbox_app.queries.inbox.rows import FoundActorRow

_people = in_browser(NewConversationState.people)
_problem = in_browser(NewConversationState.problem)
_whose = in_browser(NewConversationState.whose)


def new_conversation() -> rx.Component:
    """The button at the top of the list, and its dialog."""
    label = tr("New conversation")
    return FormDialog.create(
        lazy_part(recipient_search()),
        label=label,
        title=label,
        icon="plus",
        hint="Alt+N",
        class_name="icon-button",
        opens_on="new-conversation",
        done=NewConversationState.opened.to_string(),
        on_open=NewConversationState.begin,
    )


@rx.memo
def recipient_search() -> rx.Component:
    """What is drawn of it while it is open."""
    return rx.el.div(
        _search(), _number_problem(), _number(), _found(), class_name="recipient-search"
    )


def _search() -> rx.Component:
    return search_box(
        tr("Name or number"),
        NewConversationState.search,
        max_length=100,
        custom_attrs={"data-first": ""},
    )


def _number_problem() -> rx.Component:
    sentence = words_for(
        _problem,
        (OTHERS, tr("{name} already has a conversation with this number.", name=_whose)),
        (BUSY, tr("Someone else is changing this right now. Try again.")),
        phone_problem(_problem),
    )
    silent = (_problem == "") | (_problem == PhoneProblem.NOT_A_NUMBER.value)
    return rx.el.div(
        rx.cond(
            silent, rx.fragment(), rx.el.p(icon("info"), sentence, class_name="recipient-note")
        ),
        rx.cond(
            (_problem == PhoneProblem.MISSING_PREFIX.value)
            | ((_problem != "") & (NewConversationState.country != "")),
            prefix_select(
                in_browser(NewConversationState.country), NewConversationState.choose_country
            ),
        ),
        role="status",
    )


def _number() -> rx.Component:
    """The number that was typed, or the one that was probably meant."""
    return rx.cond(
        NewConversationState.number != "",
        rx.el.button(
            rx.el.span(icon("number"), class_name="avatar tiny unknown", aria_hidden="true"),
            rx.el.span(
                rx.el.b(tr("Write to {number}", number=NewConversationState.number)),
                rx.el.small(
                    rx.cond(_whose != "", _whose, tr("A new number")), class_name="truncate"
                ),
                class_name="search-result-text",
            ),
            type="button",
            class_name="search-result",
            custom_attrs={"data-choice": ""},
            on_click=NewConversationState.open_number,
        ),
    )


def _found() -> rx.Component:
    return rx.cond(
        _people.length() > 0,
        rx.el.div(rx.foreach(_people, _person), class_name="search-results"),
        rx.cond(NewConversationState.number == "", _nobody()),
    )


def _nobody() -> rx.Component:
    return rx.el.p(
        rx.cond(
            NewConversationState.words == "",
            tr("Guests, owners and suppliers from your management system appear here."),
            tr("Nobody has this name or this number."),
        ),
        " ",
        tr("To write to a new number, type it with its international prefix."),
        class_name="recipient-empty",
    )


def _person(person: ObjectVar[FoundActorRow]) -> rx.Component:
    return rx.el.button(
        avatar(person["initials"], person["kind"], size="tiny"),
        rx.el.span(
            rx.el.b(person["name"], class_name="truncate", dir="auto"),
            rx.el.small(_reached_at(person), class_name="truncate"),
            class_name="search-result-text",
        ),
        kind_chip(person["kind"]),
        type="button",
        class_name="search-result",
        key=person["id"],
        custom_attrs={"data-choice": ""},
        on_click=NewConversationState.open_actor(person["id"].to(str)),
    )


def _reached_at(person: ObjectVar[FoundActorRow]) -> rx.Var[str]:
    several = rx.cond(person["phones"].to(int) > 1, tr("several numbers"), person["phone"])
    wrong = tr("{number}, needs correcting", number=person["phone"])
    usable = rx.cond(person["usable"], several, wrong)
    return rx.cond(person["phone"] == "", tr("no number"), usable).to(str)
