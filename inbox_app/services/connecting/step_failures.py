"""How a step of connecting fails: which, why, what to do; and what Meta's refusals mean in it."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from inbox_app.channels.whatsapp.error_codes import BAD_TOKEN, Code
from inbox_app.channels.whatsapp.graph.client import (
    GraphError,
    GraphRefusedError,
    RequestNotSentError,
)
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.domain.connecting import Step, StepFailureReason
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.services.connecting.connect import ConnectError


class StepFailedError(ConnectError):
    """One step did not succeed. The message is for who reads it at a command line; ``words`` are
    Meta's own."""

    def __init__(
        self,
        step: Step,
        reason: StepFailureReason,
        why: str,
        *,
        answer: GraphErrorAnswer | None = None,
    ) -> None:
        mend = _MEND.get(reason) or _MEND_OF[step]
        super().__init__(f"Failed at {_NAMES[step]}: {why.rstrip('.')}. {mend}", reason)
        self.step = step
        self.code = answer.code if answer else None
        self.words = answer.words if answer else ""
        self.found: Mapping[str, Any] = {}
        """What was found out all the same."""


@asynccontextmanager
async def step(name: Step) -> AsyncGenerator[None]:
    """Within it, what Meta does not do becomes the failure of this step."""
    try:
        yield
    except GraphRefusedError as refused:
        raise refusal(name, refused.answer) from None
    except RequestNotSentError:
        raise StepFailedError(
            name, StepFailureReason.UNREACHABLE, "Meta can't be reached"
        ) from None
    except GraphError:
        why = "Meta gave no readable answer"
        raise StepFailedError(name, StepFailureReason.META_DOWN, why) from None


def refusal(name: Step, answer: GraphErrorAnswer) -> StepFailedError:
    """The failure that Meta's refusal is in this step."""
    code = f" (code {answer.code})" if answer.code is not None else ""
    why = f"Meta says «{answer.words or answer.http_status}»{code}"
    return StepFailedError(name, _reason(name, answer), why, answer=answer)


def _reason(name: Step, answer: GraphErrorAnswer) -> StepFailureReason:
    if _WANTS_PROOF in answer.words:
        return StepFailureReason.PROOF_WANTED
    if name is Step.EXCHANGE and refuses_app(answer):
        return StepFailureReason.APP_REFUSED
    if answer.code in BAD_TOKEN and name is not Step.EXCHANGE:
        return StepFailureReason.TOKEN_INVALID
    if known := _BY_CODE.get(answer.code or 0):
        return known
    if answer.remedy is Remedy.RETRY:
        return StepFailureReason.META_DOWN
    if name is Step.EXCHANGE:
        return (
            StepFailureReason.CODE_EXPIRED
            if answer.code == Code.INVALID_PARAMETER
            else StepFailureReason.REFUSED
        )
    if answer.remedy is Remedy.RECONNECT:
        return StepFailureReason.NO_ACCESS
    return (
        StepFailureReason.NOT_FOUND
        if answer.remedy is Remedy.NOT_FOUND
        else StepFailureReason.REFUSED
    )


def refuses_app(answer: GraphErrorAnswer) -> bool:
    """Asked with the app's id and secret: whether Meta says that they are wrong («Error validating
    client secret.», «Error validating application.», a bad signature)."""
    return answer.code in BAD_APP or (
        answer.code == Code.API_UNKNOWN and _BAD_SECRET in answer.words
    )


BAD_APP = BAD_TOKEN | {Code.APP_INVALID}
_BAD_SECRET = "client secret"  # noqa: S105 - Meta's words
_WANTS_PROOF = "appsecret_proof"
_BY_CODE: dict[int, StepFailureReason] = {
    Code.PIN_MISMATCH: StepFailureReason.PIN_WRONG,
    Code.NUMBER_NOT_VERIFIED: StepFailureReason.NOT_VERIFIED,
    Code.PIN_TOO_OFTEN: StepFailureReason.PIN_TOO_OFTEN,
    Code.PIN_TOO_FAST: StepFailureReason.PIN_TOO_OFTEN,
    Code.REGISTERED_TOO_OFTEN: StepFailureReason.REGISTERED_TOO_OFTEN,
}
_NAMES = {
    Step.EXCHANGE: "exchanging Facebook's code",
    Step.TOKEN: "checking the token",
    Step.CHOOSE: "choosing the number",
    Step.NUMBER: "reading the number",
    Step.MEMBERSHIP: "finding the number in the WABA",
    Step.VERIFIED: "checking that the number is verified",
    Step.SUBSCRIBE: "subscribing to the webhooks",
    Step.REGISTER: "registering the number",
    Step.RECORD: "recording the connection",
}
_MEND_TOKEN = (
    "Make a system user's token with whatsapp_business_management and "  # noqa: S105 - advice
    "whatsapp_business_messaging for this WABA."
)
_MEND_REGISTERING = (
    "Verify the number in WhatsApp Manager; if it has a two-step code, give it with --pin."
)
_MEND = {
    StepFailureReason.TOKEN_INVALID: _MEND_TOKEN,
    StepFailureReason.TOKEN_UNREADABLE: "Give this command and the server the same SECRET_KEY.",
    StepFailureReason.APP_REFUSED: (
        "Copy META_APP_ID and META_APP_SECRET from Meta's app settings anew."
    ),
    StepFailureReason.PROOF_WANTED: (
        "Switch «Require app secret» off in the Meta app's advanced settings."
    ),
    StepFailureReason.UNREACHABLE: "Check the network and META_GRAPH_URL, then try again.",
    StepFailureReason.META_DOWN: "Try again in a minute.",
}
_MEND_OF = {
    Step.EXCHANGE: "Press the button of Facebook again.",
    Step.TOKEN: _MEND_TOKEN,
    Step.CHOOSE: "Check the WABA id and the token's access.",
    Step.NUMBER: "Check the phone number id and the token's access.",
    Step.MEMBERSHIP: (
        "Take both ids from the same page of Meta's app dashboard (WhatsApp, API Setup)."
    ),
    Step.VERIFIED: _MEND_REGISTERING,
    Step.SUBSCRIBE: "Check the WABA id and the token's access.",
    Step.REGISTER: _MEND_REGISTERING,
    Step.RECORD: "Try again.",
}
