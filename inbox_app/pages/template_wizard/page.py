"""`/templates/new`: a template in three steps, with what the recipient will see beside it."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.draft_form import (
    DraftButtons,
    DraftChoice,
    DraftCount,
    DraftForm,
    DraftHeading,
    DraftLanguage,
    DraftPreview,
    DraftStep,
    DraftSteps,
    DraftText,
    DraftTrouble,
)
from inbox_app.components.empty import not_connected
from inbox_app.components.icons import icon
from inbox_app.components.links import PlaceLink
from inbox_app.components.pieces import Shown, in_browser, words_for
from inbox_app.components.tab import TabTitle
from inbox_app.components.text import tr
from inbox_app.domain.template_draft import MAX_BODY, DraftField
from inbox_app.domain.templates import TemplateCategory
from inbox_app.pages import frame
from inbox_app.pages.template_card import why
from inbox_app.pages.template_wizard.state import TemplateWizard
from inbox_app.pages.template_wizard.words import draft_problem, hint, trouble
from inbox_app.queries.template_rows import TemplateRow

_CATEGORY = DraftField.CATEGORY.value
_NAME = DraftField.INTERNAL_NAME.value
_BODY = DraftField.BODY.value
_LANGUAGE = DraftField.LANGUAGE.value
_STEPS = [[_CATEGORY], [_NAME, _BODY], [_LANGUAGE]]
_problems = in_browser(TemplateWizard.problems)
_hints = in_browser(TemplateWizard.hints)
_refused = in_browser(TemplateWizard.refused)


def wizard() -> rx.Component:
    return frame.frame(
        rx.el.section(
            rx.el.header(
                PlaceLink.create(
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
        TabTitle.create(name=_title(), count=0),
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
    return DraftForm.create(
        DraftSteps.create(names=[tr("Type"), tr("Name and text"), tr("Language")]),
        rx.el.div(_type(), _name_and_text(), _language(), class_name="draft-fields"),
        _preview(),
        DraftButtons.create(save=tr("Save and send to Meta")),
        place=TemplateWizard.place,
        start=TemplateWizard.start,
        first=TemplateWizard.first,
        steps=_STEPS,
        problems=_problems,
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
                "It goes to Meta as a new template; the refused one is deleted as soon as Meta has "
                "this one."
            )
        ),
        class_name="draft-again",
        key=row["id"],
    )


def _type() -> rx.Component:
    return DraftStep.create(
        DraftHeading.create(tr("What is it for?")),
        rx.el.div(
            _choice(
                TemplateCategory.UTILITY,
                tr("Utility"),
                tr(
                    "About something they booked or asked for: arrival, keys, payments, repairs. "
                    "It also reaches who wants no marketing."
                ),
            ),
            _choice(
                TemplateCategory.MARKETING,
                tr("Marketing"),
                tr(
                    "Offers, news, invitations to come back. WhatsApp limits how many of them a "
                    "person gets."
                ),
            ),
            class_name="draft-choices",
            role="radiogroup",
            aria_label=tr("Type"),
        ),
        _wrong(_CATEGORY),
        at=0,
    )


def _choice(category: TemplateCategory, name: Shown, meaning: Shown) -> rx.Component:
    return DraftChoice.create(
        rx.el.b(name), rx.el.small(meaning), name=_CATEGORY, value=category.value
    )


def _name_and_text() -> rx.Component:
    return DraftStep.create(
        DraftHeading.create(tr("Name and text")),
        rx.el.label(
            rx.el.span(tr("Internal name")),
            DraftText.create(name=_NAME, described_by="draft-name-about"),
            class_name="field",
        ),
        rx.el.div(
            _wrong(_NAME),
            rx.cond(
                TemplateWizard.meta_name != "",
                rx.el.small(
                    tr("At Meta its name will be"), " ", rx.el.code(TemplateWizard.meta_name)
                ),
                rx.el.small(tr("Only you and your colleagues see it.")),
            ),
            id="draft-name-about",
            class_name="draft-about",
        ),
        rx.el.label(
            rx.el.span(tr("Text"), DraftCount.create(name=_BODY, most=MAX_BODY)),
            DraftText.create(
                name=_BODY,
                lines=7,
                described_by="draft-body-about",
            ),
            class_name="field",
        ),
        rx.el.div(
            _wrong(_BODY),
            rx.el.small(tr("Plain words and emoji, *bold* and _italic_; no links, no variables.")),
            id="draft-body-about",
            class_name="draft-about",
        ),
        _advice(),
        at=1,
    )


def _language() -> rx.Component:
    return DraftStep.create(
        DraftHeading.create(tr("In which language is the text written?")),
        DraftLanguage.create(name=_LANGUAGE, codes=TemplateWizard.languages, label=tr("Language")),
        _wrong(_LANGUAGE),
        rx.el.p(
            tr(
                "Saved, it goes to Meta for approval and waits as Pending. The answer usually "
                "comes within minutes."
            ),
            class_name="quiet",
        ),
        _advice(),
        _trouble(),
        at=2,
    )


def _wrong(field: str) -> rx.Component:
    return DraftTrouble.create(
        rx.el.p(
            icon("warning"),
            rx.el.span(draft_problem(field, _problems[field])),
            class_name="draft-wrong",
            role="alert",
        ),
        name=field,
    )


def _advice() -> rx.Component:
    """Gentle: nothing of it stands in the way."""
    return rx.cond(
        _hints.length() > 0,
        rx.el.div(
            rx.el.b(tr("Meta may not like it")),
            rx.el.ul(rx.foreach(_hints, lambda row: rx.el.li(hint(row), key=row["kind"]))),
            class_name="draft-advice",
            role="status",
        ),
    )


def _trouble() -> rx.Component:
    return rx.cond(
        TemplateWizard.trouble != "",
        rx.el.p(
            icon("warning"),
            rx.el.span(
                trouble(TemplateWizard.trouble),
                rx.cond(
                    TemplateWizard.trouble_words != "",
                    rx.fragment(" ", rx.el.q(TemplateWizard.trouble_words, dir="auto")),
                ),
            ),
            class_name="template-trouble",
            role="alert",
        ),
    )


def _preview() -> rx.Component:
    return rx.el.aside(
        rx.el.h2(tr("As they will see it")),
        DraftPreview.create(blank=tr("Your text appears here while you write.")),
        class_name="draft-preview",
        aria_label=tr("As they will see it"),
    )


def _no_line() -> rx.Component:
    return not_connected(
        tr("Templates need a connected account"),
        tr("Meta approves them for your business number: connect it first."),
        may_connect=TemplateWizard.may_connect,
    )
