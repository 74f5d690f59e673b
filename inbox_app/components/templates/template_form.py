"""A form in steps, with a preview, that keeps what was typed until it is saved."""

import reflex as rx

from inbox_app.components.forms import acknowledged_send, typed
from inbox_app.components.i18n import languages, text
from inbox_app.components.inbox.thread import message_text
from inbox_app.components.layout import icons

_form = rx.asset("template_form.jsx", shared=True)
_parts = rx.asset("template_form_parts.jsx", shared=True)
_needs = (acknowledged_send, icons, languages, message_text, text, typed)

Word = rx.Var[str]


def _draft(
    category: Word, name: Word, body: Word, language: Word, ref: Word
) -> tuple[Word, Word, Word, Word, Word]:
    return category, name, body, language, ref


class _Part(rx.Component):
    library = _parts.importable_path


class TemplateForm(rx.Component):
    """Holds a template's draft; the other parts stand inside it.

    `place` is where the tab keeps it, `start` the language it begins with, `first` the words
    (by field) if there are any to begin with, `steps` the fields of each step. `on_check` comes
    a moment after the last key and when a step is to be left: the answer is `problems` (each
    with its field) with `checked_ref`. `on_save` is over when `saved_ref`, by which the draft is
    forgotten, or `refused_ref` becomes its ref.
    """

    library = _form.importable_path
    tag = "TemplateForm"

    place: rx.Var[str]
    start: rx.Var[str]
    first: rx.Var[dict[str, str]]
    steps: rx.Var[list[list[str]]]
    problems: rx.Var[list[dict[str, str]]]
    checked_ref: rx.Var[str]
    saved_ref: rx.Var[str]
    refused_ref: rx.Var[str]
    saving: rx.Var[bool]

    on_check: rx.EventHandler[_draft]
    on_save: rx.EventHandler[_draft]


class FormSteps(_Part):
    """Where one is among the steps."""

    tag = "FormSteps"
    names: rx.Var[list[str]]


class FormStep(_Part):
    """What is seen in one step, counted from 0."""

    tag = "FormStep"
    at: rx.Var[int]


class StepHeading(_Part):
    """The heading of a step."""

    tag = "StepHeading"


class FieldChoice(_Part):
    """One of the values that a field can have."""

    tag = "FieldChoice"
    name: rx.Var[str]
    value: rx.Var[str]


class TextField(_Part):
    """A field of text, of one line or of more."""

    tag = "TextField"
    name: rx.Var[str]
    lines: rx.Var[int]
    described_by: rx.Var[str]


class LanguageField(_Part):
    """A field for one of Meta's language codes."""

    tag = "LanguageField"
    name: rx.Var[str]
    codes: rx.Var[list[str]]
    label: rx.Var[str]


class CharacterCount(_Part):
    """How many characters a field has, of so many."""

    tag = "CharacterCount"
    name: rx.Var[str]
    most: rx.Var[int]


class FieldProblem(_Part):
    """Shows its children while something is wrong with the field; not that it is empty, before one
    wants to go on."""

    tag = "FieldProblem"
    name: rx.Var[str]


class MessagePreview(_Part):
    """The message as it will arrive."""

    tag = "MessagePreview"
    blank: rx.Var[str]


class FormButtons(_Part):
    """To the step before, to the next; the last one's button says `save`."""

    tag = "FormButtons"
    save: rx.Var[str]
