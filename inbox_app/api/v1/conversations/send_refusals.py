"""Why a message was not taken, as a problem: the rule's no with what can be done instead."""

from inbox_app.api.v1.gate import problems
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.domain import sending
from inbox_app.domain.delivery.send_later import FURTHEST, LaterProblem
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.services.channel_services import FallbackRefusedError
from inbox_app.services.sending.send import (
    BadTextError,
    ReferenceTakenError,
    SendWithdrawnError,
)
from inbox_app.services.sending.send_later import BadTimeError
from inbox_app.services.templates.send_template import (
    MarketingStoppedError,
    NoSuchTemplateError,
    TemplateNotReadyError,
)

REFUSALS = (
    NotFoundError,
    SendRefusedError,
    BadTextError,
    BadTimeError,
    ReferenceTakenError,
    SendWithdrawnError,
    FallbackRefusedError,
    TemplateNotReadyError,
    MarketingStoppedError,
)


def problem_of(error: BaseException | None, *, what: str, text: str, template: str) -> Problem:
    """`what` was to be sent, in words; `text` and `template` say what is wrong with those."""
    match error:
        case FallbackRefusedError():
            return problem_of(error.__cause__, what=what, text=text, template=template)
        case NoSuchTemplateError() | None:
            return Problem(422, "template", f"{template}: there is none with this id.")
        case ReferenceTakenError():
            return Problem(409, *problems.KEY_REUSED)
        case SendWithdrawnError():
            words = "What came with this Idempotency-Key was taken back before it left."
            return Problem(409, "taken-back", words)
        case BadTextError():
            return Problem(422, "invalid", text)
        case SendRefusedError():
            return _refused(error, what)
        case BadTimeError():
            return _bad_time(error)
        case TemplateNotReadyError():
            return _not_ready(error)
        case MarketingStoppedError():
            words = "This person asked for no more marketing."
            return Problem(409, "marketing-stopped", words, control=error.control)
        case _:
            return not_found()


def _refused(error: SendRefusedError, what: str) -> Problem:
    decision = error.decision
    words = f"{what} cannot be sent now: {decision.reason.replace('_', ' ')}."
    if sending.may_send_text(decision):
        words = "Nothing waits for an answer while a text may be sent: leave send_at out."
    return Problem(409, "refused", words, control=decision.control, reason=decision.reason)


def _bad_time(error: BadTimeError) -> Problem:
    if error.problem is LaterProblem.NEEDS_FALLBACK and error.then is not None:
        words = (
            "No text may be sent by then, unless they write before: give a fallback_template that "
            "goes out in its place."
        )
        then = error.then
        return Problem(409, "needs-fallback", words, control=then.control, reason=then.reason)
    errors = [{"where": "body.send_at", "why": _WHY[error.problem]}]
    return Problem(422, "invalid", f"send_at: {_WHY[error.problem]}.", errors=errors)


def _not_ready(refused: TemplateNotReadyError) -> Problem:
    return Problem(
        409,
        "template-not-ready",
        f"The template is {refused.state}, not accepted.",
        control=refused.control,
        state=refused.state,
        reasons=list(refused.reasons),
    )


_WHY = {
    LaterProblem.NO_TIME: "is no time",
    LaterProblem.PAST: "has passed",
    LaterProblem.TOO_FAR: f"is more than {FURTHEST.days} days ahead",
    LaterProblem.NEEDS_FALLBACK: "is after the window closes",
}
