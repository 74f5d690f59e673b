"""Connecting a number, step by step: which come when, and what can go wrong with each."""

from collections.abc import Collection
from enum import StrEnum


class Step(StrEnum):
    """In the order in which they are taken."""

    EXCHANGE = "exchange"
    """The code of Embedded Signup becomes a token."""
    TOKEN = "token"  # noqa: S105 - the name of a step
    CHOOSE = "choose"
    """Which number of the business account, where Embedded Signup has not said."""
    NUMBER = "number"
    MEMBERSHIP = "membership"
    """The number is one of the business account's."""
    VERIFIED = "verified"
    SUBSCRIBE = "subscribe"
    REGISTER = "register"
    RECORD = "record"


ONLY_SIGNUP = frozenset({Step.EXCHANGE, Step.CHOOSE})
"""Steps that a number connected by hand has no need of."""


class SetupProblem(StrEnum):
    """Why nothing was begun."""

    BUSY = "busy"
    REQUIREMENTS = "requirements"
    PHONE_NUMBER_ID = "phone_number_id"
    WABA_ID = "waba_id"
    TOKEN = "token"  # noqa: S105 - the name of a field
    PIN = "pin"
    CONTRACT = "contract"
    NOTHING_TO_RETRY = "nothing_to_retry"


class StepFailureReason(StrEnum):
    """Why a step failed, as far as there is something of its own to do about it."""

    CODE_EXPIRED = "code_expired"
    NO_APP = "no_app"
    """The installation has no Meta app whose code could be exchanged."""
    APP_REFUSED = "app_refused"
    """Meta refuses the installation's own app: nothing that a person gave is wrong."""
    PROOF_WANTED = "proof_wanted"
    """The Meta app is set to take calls with a proof only."""
    TOKEN_INVALID = "token_invalid"  # noqa: S105 - not a secret
    TOKEN_UNREADABLE = "token_unreadable"  # noqa: S105 - not a secret
    """What we stored cannot be decrypted any more."""
    SCOPES_MISSING = "scopes_missing"
    OTHER_WABA = "other_waba"
    OTHER_APP = "other_app"
    NOT_VOUCHED = "not_vouched"
    """Meta does not say what the token may do."""
    NO_NUMBERS = "no_numbers"
    CHOOSE_NUMBER = "choose_number"
    """Nothing is wrong: a person has to say which."""
    NOT_FOUND = "not_found"
    NO_ACCESS = "no_access"
    NOT_IN_WABA = "not_in_waba"
    NOT_VERIFIED = "not_verified"
    PIN_WRONG = "pin_wrong"
    PIN_TOO_OFTEN = "pin_too_often"
    REGISTERED_TOO_OFTEN = "registered_too_often"
    META_DOWN = "meta_down"
    UNREACHABLE = "unreachable"
    NUMBER_TAKEN = "number_taken"
    ACCOUNT_HAS_NUMBER = "account_has_number"
    REFUSED = "refused"
    """Meta's words say more than we could."""


WANTS_ANOTHER_TOKEN = frozenset(
    {
        StepFailureReason.TOKEN_INVALID,
        StepFailureReason.TOKEN_UNREADABLE,
        StepFailureReason.SCOPES_MISSING,
        StepFailureReason.OTHER_APP,
    }
)
"""Only another token mends these."""
WANTS_TOKEN = WANTS_ANOTHER_TOKEN | {StepFailureReason.OTHER_WABA, StepFailureReason.NO_ACCESS}
"""Another token may mend these."""
WANTS_PIN = frozenset({StepFailureReason.PIN_WRONG})
WANTS_FACEBOOK = frozenset({StepFailureReason.CODE_EXPIRED, StepFailureReason.NOT_VOUCHED})
"""Only the button of Facebook gives another code."""


def plan(*, signup: bool) -> tuple[Step, ...]:
    """The steps of one of the two ways in."""
    return tuple(step for step in Step if signup or step not in ONLY_SIGNUP)


def next_step(done: Collection[str], *, signup: bool) -> Step | None:
    """The first that is not behind us; none when all are."""
    return next((step for step in plan(signup=signup) if step not in done), None)


def still_done(done: Collection[str], *, new_token: bool) -> list[str]:
    """What need not be repeated: with another token everything that was asked with the first."""
    kept = {Step.EXCHANGE} if new_token else set(Step)
    return [step for step in done if step in kept]
