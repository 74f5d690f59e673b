"""What an admin does towards connecting a number; Meta is asked by the job that follows.

Everything is refused while the steps are being taken, and until all three requirements hold
(C2).
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.contract import VERSION as CONTRACT_VERSION
from inbox_app.domain.connecting import SetupProblem, Step, still_done
from inbox_app.models import (
    ConnectionSetup,
    ConnectionState,
    SetupState,
    SignupMethod,
    WhatsAppNumber,
)
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.connecting.setup_requirements import requirements_of
from inbox_app.services.connecting.connect import check_free
from inbox_app.services.connecting.idle_setup import (
    SetupRefusedError,
    audited,
    idle_setup,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a person gave; ``token`` and ``pin`` encrypted, "" for one that is here already."""

    phone_number_id: str
    waba_id: str
    token: str = field(default="", repr=False)
    pin: str = field(default="", repr=False)


async def begin_by_hand(
    session: AsyncSession, account_id: int, user_id: int, given: Credentials, now: datetime
) -> None:
    """Have the number connected. An account that has one can only renew it."""
    setup, number = await _ready_setup(session, account_id, now)
    if number is not None:
        given = Credentials(
            phone_number_id=number.connection.external_id,
            waba_id=number.waba_id,
            token=given.token,
            pin=given.pin,
        )
    _give_by_hand(setup, given)
    if not setup.token_encrypted:
        raise SetupRefusedError(SetupProblem.TOKEN)
    _start(session, setup, user_id, [], now)


async def begin_by_operator(
    session: AsyncSession, account_id: int, given: Credentials, now: datetime
) -> None:
    """Have the number connected that is named at the command line: who names it checks off the
    requirements and accepts the contract. Raises ``ConnectError`` as ``check_free`` does."""
    await check_free(session, account_id, given.phone_number_id)
    setup = await idle_setup(session, account_id, now)
    setup.has_profile = setup.has_number = True
    setup.contract_version, setup.contract_language = CONTRACT_VERSION, None
    setup.contract_accepted_at, setup.contract_accepted_by = now, None
    _give_by_hand(setup, given)
    _start(session, setup, None, [], now)


async def begin_signup(
    session: AsyncSession,
    account_id: int,
    user_id: int,
    given: Credentials,
    code: str,
    now: datetime,
) -> None:
    """Have the number connected that was chosen in Meta's dialog; ``code`` is encrypted, and the
    ids are believed only as far as Meta confirms them."""
    setup, _ = await _ready_setup(session, account_id, now)
    setup.method = SignupMethod.EMBEDDED
    setup.phone_number_id, setup.waba_id = given.phone_number_id, given.waba_id
    setup.code_encrypted, setup.code_received_at = code, now
    setup.token_encrypted, setup.pin_encrypted = "", given.pin or setup.pin_encrypted
    _start(session, setup, user_id, [], now)


async def retry(
    session: AsyncSession,
    account_id: int,
    user_id: int,
    now: datetime,
    *,
    token: str = "",
    pin: str = "",
) -> None:
    """Go on where it stopped, with another token or two-step code where one is given."""
    setup = await _failed_setup(session, account_id, now)
    setup.token_encrypted = token or setup.token_encrypted
    setup.pin_encrypted = pin or setup.pin_encrypted
    if pin:
        setup.found = dict(setup.found) | {"pin_made_up": False}
    done = still_done(setup.done, new_token=bool(token))
    if token and setup.method is SignupMethod.EMBEDDED:
        setup.code_encrypted, done = "", [str(Step.EXCHANGE)]
    _start(session, setup, user_id, done, now)


async def choose_number(
    session: AsyncSession, account_id: int, user_id: int, phone_number_id: str, now: datetime
) -> None:
    """One of those that Meta listed; another is refused."""
    setup = await _failed_setup(session, account_id, now)
    listed = {number["id"] for number in setup.found.get("numbers", [])}
    if phone_number_id not in listed:
        raise SetupRefusedError(SetupProblem.PHONE_NUMBER_ID)
    setup.phone_number_id = phone_number_id
    _start(session, setup, user_id, [*setup.done, Step.CHOOSE], now)


async def change(session: AsyncSession, account_id: int, now: datetime) -> None:
    """Back from a failure to what was typed, to give something else; or to the number that works,
    where only renewing its credentials has failed."""
    setup = await _failed_setup(session, account_id, now)
    setup.state, setup.failed_step, setup.failure = SetupState.OPEN, None, None
    setup.done, setup.found = [], {}
    number = await active_number(session, account_id)
    if number is not None and number.connection.state is ConnectionState.ACTIVE:
        setup.state = SetupState.DONE
        setup.token_encrypted = setup.code_encrypted = setup.pin_encrypted = ""


def _give_by_hand(setup: ConnectionSetup, given: Credentials) -> None:
    setup.method, setup.code_encrypted = SignupMethod.MANUAL, ""
    setup.phone_number_id, setup.waba_id = given.phone_number_id, given.waba_id
    setup.token_encrypted = given.token or setup.token_encrypted
    setup.pin_encrypted = given.pin or setup.pin_encrypted


async def _failed_setup(session: AsyncSession, account_id: int, now: datetime) -> ConnectionSetup:
    setup, _ = await _ready_setup(session, account_id, now)
    if setup.state is not SetupState.FAILED:
        raise SetupRefusedError(SetupProblem.NOTHING_TO_RETRY)
    return setup


async def _ready_setup(
    session: AsyncSession, account_id: int, now: datetime
) -> tuple[ConnectionSetup, WhatsAppNumber | None]:
    setup = await idle_setup(session, account_id, now)
    number = await active_number(session, account_id)
    if not requirements_of(setup, number, CONTRACT_VERSION).all_hold:
        raise SetupRefusedError(SetupProblem.REQUIREMENTS)
    return setup, number


def _start(
    session: AsyncSession,
    setup: ConnectionSetup,
    user_id: int | None,
    done: list[str],
    now: datetime,
) -> None:
    setup.state, setup.started_by, setup.done = SetupState.RUNNING, user_id, done
    setup.failed_step = setup.failure = None
    setup.found = {name: value for name, value in setup.found.items() if done and name in _KEPT}
    details = {"method": setup.method, "phone_number_id": setup.phone_number_id}
    session.add(audited(setup.account_id, user_id, "connection.requested", details, now))


_KEPT = ("numbers", "number", "registered", "token_expires_at", "pin_made_up")
