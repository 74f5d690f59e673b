"""What the steps are called, and why one cannot begin."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.connecting import SetupProblem, Step


def step_name(step: Shown) -> rx.Var[str]:
    return words_for(
        step,
        (Step.EXCHANGE.value, tr("Get Facebook's go-ahead")),
        (Step.TOKEN.value, tr("Check the access token")),
        (Step.CHOOSE.value, tr("Choose the number")),
        (Step.NUMBER.value, tr("Read the number")),
        (Step.MEMBERSHIP.value, tr("Find the number in the WhatsApp account")),
        (Step.VERIFIED.value, tr("Check that the number is verified")),
        (Step.SUBSCRIBE.value, tr("Receive messages here")),
        (Step.REGISTER.value, tr("Activate the number")),
        tr("Save the connection"),
    )


def start_problem(problem: Shown) -> rx.Var[str]:
    return words_for(
        problem,
        (SetupProblem.BUSY.value, tr("The number is being connected right now.")),
        (SetupProblem.REQUIREMENTS.value, tr("Tick the three requirements first.")),
        (
            SetupProblem.PHONE_NUMBER_ID.value,
            tr("The phone number ID has only digits: copy it from Meta."),
        ),
        (
            SetupProblem.WABA_ID.value,
            tr("The WhatsApp account ID has only digits: copy it from Meta."),
        ),
        (
            SetupProblem.TOKEN.value,
            tr("Paste the whole token: it is one long string without spaces."),
        ),
        (SetupProblem.PIN.value, tr("The two-step code has six digits.")),
        (
            SetupProblem.CONTRACT.value,
            tr("The contract has changed: reload the page and read it again."),
        ),
        (SetupProblem.NOTHING_TO_RETRY.value, tr("It has moved on in the meantime.")),
        "",
    )


def tick_problem(problem: Shown) -> rx.Var[str]:
    return words_for(
        problem,
        (SetupProblem.BUSY.value, start_problem(problem)),
        (SetupProblem.CONTRACT.value, start_problem(problem)),
        tr("That could not be saved. Try again in a moment."),
    )
