"""What is wrong with a number, in a sentence to stand beside it."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for
from inbox_app.domain.people.phones import PhoneProblem


def phone_problem(problem: Shown) -> rx.Var[str]:
    """ "" for none."""
    return words_for(
        problem,
        ("", ""),
        (PhoneProblem.EMPTY.value, tr("Write the number.")),
        (PhoneProblem.NOT_A_NUMBER.value, tr("This is not a phone number.")),
        (PhoneProblem.MISSING_PREFIX.value, tr("The international prefix is missing.")),
        (PhoneProblem.UNKNOWN_PREFIX.value, tr("No country has this prefix.")),
        (PhoneProblem.TOO_SHORT.value, tr("The number is too short.")),
        (PhoneProblem.TOO_LONG.value, tr("The number is too long.")),
        (PhoneProblem.OWN_NUMBER.value, tr("This is your own WhatsApp number.")),
        (
            PhoneProblem.SAME_NUMBER.value,
            tr("This is the number WhatsApp couldn't deliver to."),
        ),
        tr("This number can't exist: check the digits."),
    )
