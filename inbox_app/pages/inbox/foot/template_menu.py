"""The side menu in which a template is chosen and sent (T3, B15, B16)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.templates.template_menu import TemplateMenu
from inbox_app.components.vars import Shown, in_browser, words_for
from inbox_app.domain.sending import Reason
from inbox_app.domain.templates import TemplateState
from inbox_app.pages.inbox.foot.template_menu_state import TemplateMenuState
from inbox_app.pages.inbox.thread.thread_state import ThreadState
from inbox_app.pages.shared.template_card import about, bubble, state_chip, why
from inbox_app.pages.shared.template_tools import freshness, tools
from inbox_app.queries.templates.rows import TemplateRow

_header = in_browser(ThreadState.header)
_sendable = in_browser(TemplateMenuState.sendable)
_others = in_browser(TemplateMenuState.others)
_SKELETONS = 4


def template_menu() -> rx.Component:
    """Closed until something on the page opens it."""
    return TemplateMenu.create(
        lazy_part(template_choices()),
        thread=_header["id"],
        title=tr("Send template to {name}", name=_header["name"]),
        create_at=f"/templates/new?from=/inbox/{_header['id']}",
        listed=_sendable,
        no_templates=TemplateMenuState.ready & (_sendable.length() == 0),
        accepted_ref=TemplateMenuState.accepted_ref,
        refused_ref=TemplateMenuState.refused_ref,
        on_open=TemplateMenuState.open,
        on_close=TemplateMenuState.closed,
        on_more=TemplateMenuState.load_more,
        on_send=TemplateMenuState.send,
    )


@rx.memo
def template_choices() -> rx.Component:
    """What is drawn of it while it is open."""
    return rx.fragment(
        page_style(sheet="templates"),
        freshness(in_browser(TemplateMenuState.sync), TemplateMenuState.update_list),
        tools(TemplateMenuState),
        _refused(),
        rx.cond(TemplateMenuState.ready, _list(), _skeleton()),
    )


def _refused() -> rx.Component:
    return rx.cond(
        TemplateMenuState.refusal != "",
        rx.el.p(
            icon("warning"),
            rx.el.span(rx.el.b(tr("Not sent.")), " ", _refusal(TemplateMenuState.refusal)),
            class_name="template-failure",
            role="alert",
        ),
    )


def _refusal(reason: Shown) -> rx.Var[str]:
    return words_for(
        reason,
        ("marketing_stopped", _no_marketing()),
        (
            TemplateState.PENDING.value,
            tr("Meta is reviewing this template again, or has paused it. Choose another one."),
        ),
        (
            TemplateState.INCOMPATIBLE.value,
            tr(
                "This template has changed and can't be sent from here any more. Choose "
                "another one."
            ),
        ),
        (
            TemplateState.CANCELLED.value,
            tr("Meta no longer accepts this template. Choose another one."),
        ),
        ("gone", tr("This template is no longer there. Choose another one.")),
        (Reason.NOT_CONNECTED.value, tr("No WhatsApp account is connected.")),
        (Reason.CREDENTIALS_REFUSED.value, tr("Meta no longer accepts the credentials.")),
        (Reason.BLOCKED_BY_US.value, tr("You have blocked this person.")),
        (Reason.ERASED.value, tr("Their data was erased: nothing can be sent to them.")),
        (Reason.GROUP.value, tr("You can read groups here, but not write to them.")),
        (Reason.UNDELIVERABLE.value, tr("WhatsApp couldn't deliver to this number: correct it.")),
        tr("There is no phone to send it to: add one first."),
    )


def _no_marketing() -> rx.Var[str]:
    return tr("They asked not to receive marketing: you can still send a utility template.")


def _list() -> rx.Component:
    nothing = (_sendable.length() == 0) & (_others.length() == 0)
    return rx.el.div(
        rx.cond(TemplateMenuState.accepted == 0, _none_accepted()),
        rx.cond(nothing & ~_unfiltered(), _nothing_found()),
        rx.cond(
            _sendable.length() > 0,
            rx.el.div(
                rx.foreach(_sendable, _choice),
                class_name="template-cards",
                role="radiogroup",
                aria_label=tr("Templates to send"),
            ),
            rx.cond(
                (TemplateMenuState.accepted > 0) & ~nothing,
                rx.el.p(tr("None of these can be sent."), class_name="quiet"),
            ),
        ),
        rx.cond(TemplateMenuState.too_many_sendable, _more()),
        rx.cond(_others.length() > 0, _cannot_be_sent()),
        rx.cond(TemplateMenuState.too_many_others, _more()),
    )


def _more() -> rx.Component:
    return rx.el.p(tr("There are more: search by name or text."), class_name="quiet")


def _choice(row: ObjectVar[TemplateRow]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio", name="template", value=row["id"].to(str), class_name="visually-hidden"
        ),
        _top(row),
        bubble(row),
        about(row),
        why(row),
        class_name="template-card choice-card",
        key=row["id"],
    )


def _cannot_be_sent() -> rx.Component:
    return rx.el.section(
        rx.el.h3(tr("Can't be sent")),
        rx.el.div(rx.foreach(_others, _other), class_name="template-cards"),
        class_name="template-others",
    )


def _other(row: ObjectVar[TemplateRow]) -> rx.Component:
    """One that is accepted stands here only for marketing's sake."""
    return rx.el.article(
        _top(row),
        rx.cond(row["body"] != "", bubble(row)),
        rx.cond(
            row["state"] == TemplateState.ACCEPTED.value,
            rx.el.p(icon("blocked"), rx.el.span(_no_marketing()), class_name="template-reason"),
        ),
        why(row),
        class_name="template-card disallowed",
        key=row["id"],
    )


def _top(row: ObjectVar[TemplateRow]) -> rx.Component:
    return rx.el.div(rx.el.b(row["name"], dir="auto"), state_chip(row), class_name="template-top")


def _none_accepted() -> rx.Component:
    return empty_state(
        "template",
        tr("No template is ready yet"),
        tr(
            "WhatsApp only delivers texts approved by Meta. Write one: it takes a "
            "minute, and Meta usually answers within minutes."
        ),
    )


def _nothing_found() -> rx.Component:
    return empty_state(
        "search",
        tr("Nothing found"),
        tr("No template has these words in this language."),
        rx.cond(
            TemplateMenuState.language != "",
            rx.el.button(
                tr("Search in all languages"),
                type="button",
                class_name="button quiet-button",
                on_click=TemplateMenuState.set_language(""),
            ),
        ),
    )


def _unfiltered() -> rx.Var[bool]:
    return (TemplateMenuState.search == "") & (TemplateMenuState.language == "")


def _skeleton() -> rx.Component:
    bone = rx.el.i()
    return rx.el.div(
        *[bone] * _SKELETONS, class_name="template-skeleton skeleton", aria_hidden="true"
    )
