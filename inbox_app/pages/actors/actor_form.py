"""The drawer of the actor that is being written."""

import reflex as rx

from inbox_app.components.actors.actor_form import ActorForm
from inbox_app.components.forms.phone_problems import phone_problem
from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import words_for
from inbox_app.domain.people.actors import ActorProblem
from inbox_app.pages.actors.form_state import BUSY, GONE, UNREADABLE, ActorFormState


def actor_form() -> rx.Component:
    return ActorForm.create(
        actor=ActorFormState.editing,
        facts=ActorFormState.facts,
        numbers=ActorFormState.numbers,
        whatsapp=ActorFormState.whatsapp,
        places=ActorFormState.places,
        places_for=ActorFormState.places_for,
        problem=_problem(),
        wrong=ActorFormState.wrong,
        saved_ref=ActorFormState.saved_ref,
        refused_ref=ActorFormState.refused_ref,
        on_save=ActorFormState.save,
        on_look=ActorFormState.look,
        on_close=ActorFormState.close,
    )


def _problem() -> rx.Var[str]:
    return words_for(
        ActorFormState.problem,
        (ActorProblem.NO_NAME.value, tr("Write a name.")),
        (ActorProblem.BAD_EMAIL.value, tr("This is not an e-mail address.")),
        (
            ActorProblem.NO_STAY.value,
            tr("The reservation is no longer there. Choose another."),
        ),
        (
            ActorProblem.NO_HOME.value,
            tr("The accommodation is no longer there. Choose another."),
        ),
        (GONE, tr("Someone deleted it meanwhile: copy the text and save it as a new one.")),
        (BUSY, tr("Someone else is changing this right now. Try again.")),
        (UNREADABLE, tr("It couldn't be saved.")),
        phone_problem(ActorFormState.problem),
    )
