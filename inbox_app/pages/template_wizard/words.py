"""What the wizard says: of each problem its fix, of each piece of advice its reason."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.languages import LanguageName
from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, part_for, words_for
from inbox_app.domain.templates import (
    MAX_BODY,
    MAX_NAME,
    DraftField,
    DraftProblem,
    HintKind,
    TemplateProblem,
)
from inbox_app.pages.template_wizard.rows import HintRow


def draft_problem(field: str, problem: Shown) -> rx.Var[str]:
    """With its fix."""
    of_name = field == DraftField.INTERNAL_NAME
    return words_for(
        problem,
        (DraftProblem.CATEGORY.value, tr("Choose one of the two types.")),
        (
            DraftProblem.EMPTY.value,
            tr("Give it a name your colleagues can find it by.")
            if of_name
            else tr("Write the text to be sent."),
        ),
        (
            DraftProblem.TOO_LONG.value,
            tr("The name is too long: at most {n} characters.", n=MAX_NAME)
            if of_name
            else tr("The text is too long: WhatsApp accepts at most {n} characters.", n=MAX_BODY),
        ),
        (
            DraftProblem.VARIABLE.value,
            tr(
                "Braces {{ }} are for variables, which can't be sent from here: write the "
                "actual words, or leave them out."
            ),
        ),
        (
            DraftProblem.URL.value,
            tr(
                "Links can't be sent in templates from here: leave the address out. Once "
                "they answer, you can send it in the chat."
            ),
        ),
        (
            DraftProblem.TOO_MANY_NEWLINES.value,
            tr("Leave no more than one empty line between two paragraphs."),
        ),
        (
            DraftProblem.TOO_MANY_SPACES.value,
            tr("Remove tabs and runs of more than four spaces."),
        ),
        (
            DraftProblem.SAME_NAME.value,
            tr("There is already a template with this name in this language: choose another name."),
        ),
        (
            DraftProblem.SAME_TEXT.value,
            tr(
                "Another template in this language says the same: send that one, or change "
                "this one."
            ),
        ),
        tr("Meta doesn't have this language: choose one from the list."),
    )


def hint(row: ObjectVar[HintRow]) -> rx.Component:
    words = row["words"]
    return part_for(
        row["kind"],
        (
            HintKind.PROMOTIONAL.value,
            rx.fragment(
                tr(
                    "“{words}” sounds like advertising: Meta may reject it in a utility "
                    "template, or treat it as marketing.",
                    words=words,
                )
            ),
        ),
        (
            HintKind.OTHER_LANGUAGE.value,
            rx.fragment(
                tr("The text seems to be in another language:"),
                " ",
                LanguageName.create(code=words),
            ),
        ),
        (
            HintKind.MANY_EMOJI.value,
            rx.fragment(tr("Meta often rejects texts with more than ten emoji.")),
        ),
        (
            HintKind.MANY_CAPITALS.value,
            rx.fragment(tr("Many words in capitals look like shouting: “{words}”.", words=words)),
        ),
        (
            HintKind.SENSITIVE_DATA.value,
            rx.fragment(
                tr("Meta rejects texts that ask for sensitive data: “{words}”.", words=words)
            ),
        ),
        rx.fragment(tr("Another template says almost the same: “{words}”.", words=words)),
    )


def failure(problem: Shown) -> rx.Var[str]:
    """Why Meta did not make it, with the way out. What was typed is still there."""
    return words_for(
        problem,
        (
            TemplateProblem.NAME_TAKEN.value,
            tr(
                "Meta already has this name, perhaps from a template deleted less than 30 "
                "days ago: change the internal name and send it again."
            ),
        ),
        (
            TemplateProblem.LIMIT_REACHED.value,
            tr("Your account has reached Meta's limit of templates: delete one you don't use."),
        ),
        (
            TemplateProblem.TOO_MANY_AT_ONCE.value,
            tr("Too many templates in an hour: try again later. Your text stays here."),
        ),
        (TemplateProblem.TOO_LONG.value, tr("The text is too long for Meta: shorten it.")),
        (
            TemplateProblem.VARIABLES.value,
            tr("Meta takes something in the text for a variable: remove any braces."),
        ),
        (
            TemplateProblem.FORMAT.value,
            tr("Meta doesn't accept the text in this form: simplify lines, spaces and symbols."),
        ),
        (
            TemplateProblem.NOT_ALLOWED.value,
            tr("Meta doesn't let your company create this template: verify the company at Meta."),
        ),
        (TemplateProblem.NOT_CONNECTED.value, tr("No WhatsApp account is connected.")),
        (
            TemplateProblem.CREDENTIALS.value,
            tr(
                "Meta no longer accepts the credentials: reconnect the account. Your text "
                "stays here."
            ),
        ),
        (
            TemplateProblem.UNREACHABLE.value,
            tr("Meta can't be reached right now: try again in a moment. Your text stays here."),
        ),
        (
            TemplateProblem.UNCERTAIN.value,
            tr("Meta has not answered: check whether it is in the list before you send it again."),
        ),
        tr("Meta didn't accept it:"),
    )
