"""What Meta has to say before a number is connected, step by step; no transaction is open."""

from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from inbox_app.services.connect import ConnectError, Number
from inbox_app.whatsapp.client import GraphClient, GraphError, NotSent, Refused
from inbox_app.whatsapp.errors import GraphProblem, Outcome
from inbox_app.whatsapp.wire import Json, ident, items, mapping, words

SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be connected. `app_id` is the installation's app, where it is known; `pin` the
    number's two-step code, which Meta asks for or sets when it registers a number."""

    phone_number_id: str
    waba_id: str
    token: str
    pin: str
    app_id: str | None = None


async def check_number(client: GraphClient, wanted: Wanted) -> Number:
    """Check the token and the number, subscribe to its webhooks, register it where needed.

    `client` is bound to the token. Raises ``ConnectError`` naming the step, Meta's reason and what
    to do; repeating all of it is harmless.
    """
    await _check_token(client, wanted)
    async with _step("reading the number", "Check the phone number id and the token's access."):
        told = await client.get_phone_number(wanted.phone_number_id)
    await _check_belongs(client, wanted)
    async with _step("subscribing to the webhooks", "Check the WABA id and the token's access."):
        await client.subscribe_app(wanted.waba_id)
    registered = _wants_registering(told)
    if registered:
        async with _step("registering the number", _MEND_REGISTERING):
            await client.register(wanted.phone_number_id, wanted.pin)
    return Number(
        phone_number_id=wanted.phone_number_id,
        waba_id=wanted.waba_id,
        display=words(told.get("display_phone_number")) or "",
        verified_name=words(told.get("verified_name")) or "",
        registered=registered,
    )


async def _check_token(client: GraphClient, wanted: Wanted) -> None:
    """Best effort: a token may not be allowed to look at itself. What is said plainly counts."""
    try:
        told = await client.debug_token(wanted.token)
    except Refused as refused:
        if refused.problem.outcome is Outcome.RECONNECT and refused.problem.code in _BAD_TOKEN:
            raise _failed(_TOKEN_STEP, _why(refused.problem), _MEND_TOKEN) from None
        return
    except NotSent:
        raise _failed(_TOKEN_STEP, "Meta cannot be reached", _MEND_NETWORK) from None
    except GraphError:
        return
    if why := _wrong_with(told, wanted):
        raise _failed(_TOKEN_STEP, why, _MEND_TOKEN)


def _wrong_with(told: Json, wanted: Wanted) -> str | None:
    if told.get("is_valid") is False:
        return words(mapping(told.get("error")).get("message")) or "it is not valid"
    scopes = {scope for scope in items(told.get("scopes")) if isinstance(scope, str)}
    missing = [scope for scope in SCOPES if scope not in scopes]
    if scopes and missing:
        return f"it lacks {' and '.join(missing)}"
    if _is_elsewhere(items(told.get("granular_scopes")), wanted.waba_id):
        return "it has no access to this WABA"
    app_id = ident(told.get("app_id"))
    if app_id and wanted.app_id and app_id != wanted.app_id:
        return "it belongs to another app than META_APP_ID, whose webhooks we could not verify"
    return None


def _is_elsewhere(granular_scopes: Iterable[Any], waba_id: str) -> bool:
    """Whether a scope that we need is limited to other WABAs; without targets it is for all."""
    for granted in map(mapping, granular_scopes):
        targets = [ident(target) for target in items(granted.get("target_ids"))]
        if granted.get("scope") in SCOPES and targets and waba_id not in targets:
            return True
    return False


async def _check_belongs(client: GraphClient, wanted: Wanted) -> None:
    """Only a list that lacks the number speaks against it."""
    try:
        numbers = await client.list_phone_numbers(wanted.waba_id)
    except GraphError:
        return
    if wanted.phone_number_id not in {ident(number.get("id")) for number in numbers}:
        raise _failed(
            "finding the number in the WABA",
            "the WABA's numbers do not include it",
            "Take both ids from the same page of Meta's app dashboard (WhatsApp, API Setup).",
        )


def _wants_registering(told: Json) -> bool:
    """Not a number that is in use already, nor one that lives in the phone's app too."""
    if told.get("status") == "CONNECTED" or told.get("is_on_biz_app") is True:
        return False
    return told.get("platform_type") == "NOT_APPLICABLE" or told.get("status") in _NOT_REGISTERED


@asynccontextmanager
async def _step(name: str, mend: str) -> AsyncGenerator[None]:
    try:
        yield
    except Refused as refused:
        bad_token = refused.problem.code in _BAD_TOKEN
        raise _failed(name, _why(refused.problem), _MEND_TOKEN if bad_token else mend) from None
    except NotSent:
        raise _failed(name, "Meta cannot be reached", _MEND_NETWORK) from None
    except GraphError:
        raise _failed(name, "Meta gave no readable answer", "Try again in a minute.") from None


def _failed(step: str, why: str, mend: str) -> ConnectError:
    return ConnectError(f"Failed at {step}: {why.rstrip('.')}. {mend}")


def _why(problem: GraphProblem) -> str:
    said = " – ".join(filter(None, (problem.title, problem.details)))
    code = f" (code {problem.code})" if problem.code is not None else ""
    return f"Meta says «{said or problem.http_status}»{code}"


_BAD_TOKEN = (0, 102, 190)
_NOT_REGISTERED = ("PENDING", "DISCONNECTED", "UNVERIFIED")
_TOKEN_STEP = "checking the token"  # noqa: S105 - the name of a step
_MEND_TOKEN = (
    "Make a system user's token with whatsapp_business_management and "  # noqa: S105 - advice
    "whatsapp_business_messaging for this WABA."
)
_MEND_NETWORK = "Check the network and META_GRAPH_URL, then try again."
_MEND_REGISTERING = (
    "Verify the number in WhatsApp Manager; if it has a two-step code, give it with --pin."
)
