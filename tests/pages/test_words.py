"""Each kind of state and of trouble has words of its own on screen, save those named here."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Any

import pytest
import reflex as rx

from inbox_app.components.forms.phone_problems import phone_problem
from inbox_app.components.templates.template_words import incompatibility, state_name
from inbox_app.domain.connecting import SetupProblem, Step, StepFailureReason
from inbox_app.domain.people.phones import PhoneProblem
from inbox_app.domain.templates import (
    DraftField,
    DraftProblem,
    Incompatibility,
    TemplateProblem,
    TemplateState,
)
from inbox_app.pages.connect import failure_words
from inbox_app.pages.connect import words as connecting
from inbox_app.pages.template_wizard import words as wizard


def _draft_problem(problem: Any) -> rx.Var[str]:
    return wizard.draft_problem(DraftField.BODY, problem)


@pytest.mark.parametrize(
    ("words", "kinds", "by_the_last_words"),
    [
        (connecting.step_name, Step, {Step.RECORD}),
        (failure_words.failure_title, StepFailureReason, {StepFailureReason.REFUSED}),
        (failure_words.remedy, StepFailureReason, {StepFailureReason.REFUSED}),
        (connecting.start_problem, SetupProblem, ()),
        (_draft_problem, DraftProblem, {DraftProblem.NO_SUCH_LANGUAGE}),
        (wizard.failure, TemplateProblem, {TemplateProblem.REFUSED, TemplateProblem.NOT_FOUND}),
        (incompatibility, Incompatibility, {Incompatibility.UNKNOWN_PART}),
        (state_name, TemplateState, {TemplateState.PENDING}),
        (phone_problem, PhoneProblem, {PhoneProblem.IMPOSSIBLE}),
    ],
)
def test_each_kind_has_its_words(
    words: Callable[[Any], rx.Var[str]],
    kinds: type[StrEnum],
    by_the_last_words: Collection[StrEnum],
) -> None:
    said = str(words(rx.Var("kind")))
    silent = {kind for kind in kinds if f'"{kind.value}"' not in said}
    assert silent == set(by_the_last_words)
