"""The question before a template is deleted, and what to do when Meta does not do it (T6)."""

import reflex as rx

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.metas_words import metas_words
from inbox_app.components.vars import words_for
from inbox_app.domain.templates import TemplateProblem, TemplateState
from inbox_app.pages.templates.state import TemplatesState


def delete_dialog() -> rx.Component:
    approved = (TemplatesState.asked_state == TemplateState.ACCEPTED.value) | (
        TemplatesState.asked_state == TemplateState.INCOMPATIBLE.value
    )
    return ConfirmDialog.create(
        rx.el.p(tr("It is deleted at Meta too, for everyone. Messages already sent with it stay.")),
        rx.cond(
            approved,
            rx.el.p(
                tr(
                    "Meta has approved it: for 30 days no new template can use the same name in "
                    "this language."
                )
            ),
        ),
        rx.cond(TemplatesState.delete_problem != "", _failure()),
        open=TemplatesState.asked_id != "",
        title=tr("Delete “{name}”?", name=TemplatesState.asked_name),
        confirm_label=rx.cond(TemplatesState.deleting, tr("Deleting…"), tr("Delete")),
        busy=TemplatesState.deleting,
        focus_after=".templates h1",
        on_confirm=TemplatesState.delete,
        on_cancel=TemplatesState.ask_delete(""),
    )


def _failure() -> rx.Component:
    return rx.el.p(
        icon("warning"),
        rx.el.span(
            words_for(
                TemplatesState.delete_problem,
                (
                    TemplateProblem.UNREACHABLE.value,
                    tr(
                        "Meta can't be reached right now: nothing was deleted. "
                        "Try again in a moment."
                    ),
                ),
                (
                    TemplateProblem.UNCERTAIN.value,
                    tr(
                        "Meta has not answered: the list is being read again, check there "
                        "whether it is gone."
                    ),
                ),
                (
                    TemplateProblem.CREDENTIALS.value,
                    tr("Meta no longer accepts the credentials: reconnect the account first."),
                ),
                (
                    TemplateProblem.NOT_CONNECTED.value,
                    tr("No WhatsApp account is connected."),
                ),
                tr("Meta didn't delete it."),
            ),
            rx.cond(
                TemplatesState.delete_words != "",
                rx.fragment(" ", metas_words(TemplatesState.delete_words)),
            ),
        ),
        class_name="template-failure",
        role="alert",
    )
