"""What became of a template that was just made, said on the page one comes back to."""

import reflex as rx

from inbox_app.components import template_words
from inbox_app.components.icons import icon
from inbox_app.components.pieces import Shown, words_for
from inbox_app.components.text import tr
from inbox_app.domain.templates import TemplateState


class TemplateNotice(rx.State):
    """Stands until it is put away."""

    at: rx.Field[str] = rx.field("")
    """The path of the page that shows it."""
    name: rx.Field[str] = rx.field("")
    made: rx.Field[str] = rx.field("")
    category: rx.Field[str] = rx.field("")
    """Meta's, when it is another than the one asked for."""

    @rx.event
    def put_away(self) -> None:
        """It was read."""
        self.reset()

    def _tell(self, at: str, name: str, state: TemplateState, category: str) -> None:
        self.at, self.name, self.made, self.category = at, name, state.value, category


def template_notice(at: Shown) -> rx.Component:
    refused = TemplateNotice.made == TemplateState.CANCELLED.value
    return rx.cond(
        TemplateNotice.at == at,
        rx.el.div(
            icon(rx.cond(refused, "warning", "template")),
            rx.el.p(_what_happened(), _other_category()),
            rx.el.button(
                icon("close"),
                type="button",
                class_name="icon-button",
                aria_label=tr("Close"),
                on_click=TemplateNotice.put_away,
            ),
            class_name=rx.cond(refused, "template-notice alert", "template-notice"),
            role="status",
        ),
    )


def _what_happened() -> rx.Var[str]:
    name = TemplateNotice.name
    return words_for(
        TemplateNotice.made,
        (
            TemplateState.ACCEPTED.value,
            tr("“{name}” is accepted: it can be sent now.", name=name),
        ),
        (
            TemplateState.CANCELLED.value,
            tr("Meta has refused “{name}” at once: its reason stands beside it.", name=name),
        ),
        (
            TemplateState.INCOMPATIBLE.value,
            tr("Meta has taken “{name}”, but it cannot be sent from here.", name=name),
        ),
        tr(
            "“{name}” is with Meta now. The answer usually comes within minutes, at most within a "
            "day, and appears here by itself.",
            name=name,
        ),
    )


def _other_category() -> rx.Component:
    category = template_words.category_name(TemplateNotice.category)
    return rx.cond(
        TemplateNotice.category != "",
        rx.fragment(" ", tr("Meta has filed it as {category}.", category=category)),
    )
