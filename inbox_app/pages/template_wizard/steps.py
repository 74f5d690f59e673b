"""The three steps of the wizard, and what is said beside their fields (T4, T7)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.templates.template_form import (
    CharacterCount,
    FieldChoice,
    FieldProblem,
    FormStep,
    LanguageField,
    StepHeading,
    TextField,
)
from inbox_app.components.vars import Shown, in_browser
from inbox_app.domain.templates import MAX_BODY, DraftField, TemplateCategory
from inbox_app.pages.template_wizard.rows import ProblemRow
from inbox_app.pages.template_wizard.state import TemplateWizard
from inbox_app.pages.template_wizard.words import draft_problem, failure, hint

_CATEGORY = DraftField.CATEGORY.value
_NAME = DraftField.INTERNAL_NAME.value
_BODY = DraftField.BODY.value
_LANGUAGE = DraftField.LANGUAGE.value
FIELDS = [[_CATEGORY], [_NAME, _BODY], [_LANGUAGE]]
"""Of each step."""
_problems = in_browser(TemplateWizard.problems)
_hints = in_browser(TemplateWizard.hints)


def purpose() -> rx.Component:
    return FormStep.create(
        StepHeading.create(tr("What is it for?")),
        rx.el.div(
            _choice(
                TemplateCategory.UTILITY,
                tr("Utility"),
                tr(
                    "About something they booked or asked for: arrival, keys, payments, repairs. "
                    "It also reaches people who opted out of marketing."
                ),
            ),
            _choice(
                TemplateCategory.MARKETING,
                tr("Marketing"),
                tr(
                    "Offers, news, invitations to come back. WhatsApp limits how many each "
                    "person receives."
                ),
            ),
            class_name="template-form-choices",
            role="radiogroup",
            aria_label=tr("Type"),
        ),
        _wrong(_CATEGORY),
        at=0,
    )


def _choice(category: TemplateCategory, name: Shown, meaning: Shown) -> rx.Component:
    return FieldChoice.create(
        rx.el.b(name), rx.el.small(meaning), name=_CATEGORY, value=category.value
    )


def name_and_text() -> rx.Component:
    return FormStep.create(
        StepHeading.create(tr("Name and text")),
        rx.el.label(
            rx.el.span(tr("Internal name")),
            TextField.create(name=_NAME, described_by="template-form-name-about"),
            class_name="field",
        ),
        rx.el.div(
            _wrong(_NAME),
            rx.cond(
                TemplateWizard.meta_name != "",
                rx.el.small(
                    tr("Its name at Meta will be"), " ", rx.el.code(TemplateWizard.meta_name)
                ),
                rx.el.small(tr("Only you and your colleagues see it.")),
            ),
            id="template-form-name-about",
            class_name="template-form-about",
        ),
        rx.el.label(
            rx.el.span(tr("Text"), CharacterCount.create(name=_BODY, most=MAX_BODY)),
            TextField.create(
                name=_BODY,
                lines=7,
                described_by="template-form-body-about",
            ),
            class_name="field",
        ),
        rx.el.div(
            _wrong(_BODY),
            rx.el.small(tr("Plain text and emoji, *bold* and _italic_; no links or variables.")),
            id="template-form-body-about",
            class_name="template-form-about",
        ),
        _advice(),
        at=1,
    )


def language() -> rx.Component:
    return FormStep.create(
        StepHeading.create(tr("What language is the text in?")),
        LanguageField.create(name=_LANGUAGE, codes=TemplateWizard.languages, label=tr("Language")),
        _wrong(_LANGUAGE),
        rx.el.p(
            tr(
                "Once saved, it goes to Meta for review and stays Pending. The answer "
                "usually comes within minutes."
            ),
            class_name="quiet",
        ),
        _advice(),
        _failure(),
        at=2,
    )


def _wrong(field: str) -> rx.Component:
    return FieldProblem.create(
        rx.el.div(
            rx.foreach(_problems, lambda row: rx.cond(row["field"] == field, _problem(field, row))),
            role="alert",
        ),
        name=field,
    )


def _problem(field: str, row: ObjectVar[ProblemRow]) -> rx.Component:
    return rx.el.p(
        icon("warning"),
        rx.el.span(draft_problem(field, row["problem"])),
        class_name="template-form-warning",
        key=row["problem"],
    )


def _advice() -> rx.Component:
    """Gentle: nothing of it stands in the way."""
    return rx.cond(
        _hints.length() > 0,
        rx.el.div(
            rx.el.b(tr("Meta may object")),
            rx.el.ul(rx.foreach(_hints, lambda row: rx.el.li(hint(row), key=row["kind"]))),
            class_name="template-form-advice",
            role="status",
        ),
    )


def _failure() -> rx.Component:
    return rx.cond(
        TemplateWizard.failure != "",
        rx.el.p(
            icon("warning"),
            rx.el.span(
                failure(TemplateWizard.failure),
                rx.cond(
                    TemplateWizard.failure_words != "",
                    rx.fragment(" ", rx.el.q(TemplateWizard.failure_words, dir="auto", lang="en")),
                ),
            ),
            class_name="template-failure",
            role="alert",
        ),
    )
