"""`/templates/new`: a template in three steps, with what the recipient will see beside it."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.empty_state import not_connected
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.templates.template_form import (
    FormButtons,
    FormSteps,
    MessagePreview,
    TemplateForm,
)
from inbox_app.components.vars import in_browser, words_for
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.template_card import why
from inbox_app.pages.template_wizard.state import TemplateWizard
from inbox_app.pages.template_wizard.steps import FIELDS, language, name_and_text, purpose
from inbox_app.queries.templates.rows import TemplateRow

_refused = in_browser(TemplateWizard.refused)


def wizard() -> rx.Component:
    return frame.frame(
        page_style(sheet="templates"),
        page_style(sheet="template_form"),
        rx.el.section(
            rx.el.header(
                NavigationLink.create(
                    icon("back"),
                    to=TemplateWizard.back,
                    class_name="icon-button",
                    custom_attrs={"aria-label": tr("Back")},
                ),
                rx.el.h1(_title()),
                class_name="panel-title",
            ),
            rx.cond(
                TemplateWizard.ready,
                rx.cond(
                    TemplateWizard.may_manage,
                    rx.fragment(rx.foreach(_refused, _why_again), _form()),
                    _no_line(),
                ),
            ),
            class_name="page template-wizard",
            aria_label=_title(),
        ),
        TabTitle.create(name=_title(), count=NoticesState.unread),
        place="templates",
        pane="page",
    )


def _title() -> rx.Var[str]:
    return words_for(
        _refused.length(),
        (0, tr("Create template")),
        tr("Correct and send again"),
    )


def _form() -> rx.Component:
    return TemplateForm.create(
        FormSteps.create(names=[tr("Type"), tr("Name and text"), tr("Language")]),
        rx.el.div(purpose(), name_and_text(), language(), class_name="template-form-fields"),
        _preview(),
        FormButtons.create(save=tr("Save and send to Meta")),
        place=TemplateWizard.place,
        start=TemplateWizard.start,
        first=TemplateWizard.first,
        steps=FIELDS,
        problems=TemplateWizard.problems,
        checked_ref=TemplateWizard.checked_ref,
        saved_ref=TemplateWizard.saved_ref,
        refused_ref=TemplateWizard.refused_ref,
        saving=TemplateWizard.saving,
        on_check=TemplateWizard.check,
        on_save=TemplateWizard.save,
    )


def _why_again(row: ObjectVar[TemplateRow]) -> rx.Component:
    return rx.el.div(
        why(row),
        rx.el.small(
            tr(
                "It goes to Meta as a new template; the rejected one is deleted as soon as "
                "Meta has this one."
            )
        ),
        class_name="template-form-resubmit",
        key=row["id"],
    )


def _preview() -> rx.Component:
    return rx.el.aside(
        rx.el.h2(tr("As they will see it")),
        MessagePreview.create(blank=tr("Your text appears here as you write.")),
        class_name="template-form-preview",
        aria_label=tr("As they will see it"),
    )


def _no_line() -> rx.Component:
    return not_connected(
        tr("Templates need a connected account"),
        tr("Meta reviews them for your business number: connect it first."),
        may_connect=TemplateWizard.may_connect,
    )
