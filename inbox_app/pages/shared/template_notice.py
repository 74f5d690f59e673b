"""What became of a template that was just made, said on the page one comes back to."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading.lazy_ahead import lazy_part
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.templates import template_words
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.templates import TemplateState
from inbox_app.pages.shared.template_notice_state import TemplateNotice


def template_notice(at: Shown) -> rx.Component:
    return rx.cond(TemplateNotice.at == at, lazy_part(template_made()))


@rx.memo
def template_made() -> rx.Component:
    """What is drawn of it on the page that it is for."""
    refused = TemplateNotice.made == TemplateState.CANCELLED.value
    return rx.el.div(
        page_style(sheet="template_notice"),
        icon(rx.cond(refused, "warning", "template")),
        rx.el.p(_what_happened(), _other_category()),
        rx.el.button(
            icon("close"),
            type="button",
            class_name="icon-button",
            aria_label=tr("Close"),
            on_click=TemplateNotice.dismiss,
        ),
        class_name=rx.cond(refused, "template-notice alert", "template-notice"),
        role="status",
    )


def _what_happened() -> rx.Var[str]:
    name = TemplateNotice.name
    return words_for(
        TemplateNotice.made,
        (
            TemplateState.ACCEPTED.value,
            tr("“{name}” has been accepted: you can send it now.", name=name),
        ),
        (
            TemplateState.CANCELLED.value,
            tr("Meta has rejected “{name}”: see the reason in the list of templates.", name=name),
        ),
        (
            TemplateState.INCOMPATIBLE.value,
            tr("Meta has approved “{name}”, but it can't be sent from here.", name=name),
        ),
        tr(
            "“{name}” is now under review by Meta. The answer usually comes within "
            "minutes, a day at most, and appears here automatically.",
            name=name,
        ),
    )


def _other_category() -> rx.Component:
    category = template_words.category_name(TemplateNotice.category)
    return rx.cond(
        TemplateNotice.category != "",
        rx.fragment(" ", tr("Meta has put it in the {category} category.", category=category)),
    )
