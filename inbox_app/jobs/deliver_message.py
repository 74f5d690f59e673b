"""Takes one message to Meta and says what became of it. No database is open here."""

import random
from dataclasses import replace
from datetime import timedelta

from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.channels.whatsapp.graph.errors import Remedy as Judgement
from inbox_app.channels.whatsapp.graph.messages import SendResult
from inbox_app.channels.whatsapp.graph.transport import MaybeSent, NotSent, Refused
from inbox_app.domain import phones, retries
from inbox_app.services.sending.record_delivery import (
    CredentialsRefused,
    DeliveryResult,
    Failed,
    RetryLater,
    Sent,
    Unknown,
)
from inbox_app.services.sending.send_job import Job

WHOLE_NUMBER = frozenset({4, 80007, 130429})
"""Limits of the business number or above: they concern everybody it writes to."""


async def deliver(client: GraphClient, job: Job) -> DeliveryResult:
    """`client` is bound to the connection's token."""
    try:
        sent, dialled = await _dial(client, job)
    except Refused as error:
        return _judge(error.problem, job.attempt)
    except NotSent:
        return RetryLater(
            pause=_pause(job.attempt), code=None, words="WhatsApp could not be reached."
        )
    except MaybeSent:
        return Unknown()
    return Sent(provider_id=sent.provider_id, wa_id=sent.wa_id, dialled=dialled)


async def _dial(client: GraphClient, job: Job) -> tuple[SendResult, str | None]:
    """The list of a test number compares letter by letter: what is not on it may be there in the
    number's other spelling, which is answered too (whatsapp.md §13)."""
    try:
        return await client.send_message(job.phone_number_id, _payload(job)), None
    except Refused as error:
        other = job.wa_id and phones.other_spelling(job.wa_id)
        if error.problem.outcome is not Judgement.NOT_LISTED or not other:
            raise
    again = replace(job, wa_id=other)
    return await client.send_message(job.phone_number_id, _payload(again)), other


def _payload(job: Job) -> messages.Payload:
    if job.template is None:
        return messages.text(job.text, wa_id=job.wa_id, user_id=job.user_id, opaque=job.ref)
    return messages.template(
        job.template.name,
        job.template.language,
        wa_id=job.wa_id,
        user_id=job.user_id,
        opaque=job.ref,
    )


def rests_the_number(outcome: DeliveryResult) -> timedelta | None:
    """How long the whole number sends nothing because of this outcome."""
    if isinstance(outcome, RetryLater) and outcome.code in WHOLE_NUMBER:
        return outcome.pause
    return None


def _judge(problem: GraphErrorAnswer, attempt: int) -> DeliveryResult:
    words = problem.words
    match problem.outcome:
        case Judgement.RETRY:
            pause = max(_pause(attempt), timedelta(seconds=problem.retry_after or 0))
            return RetryLater(pause=pause, code=problem.code, words=words)
        case Judgement.PAIR_LIMITED:
            pause = retries.pause_of_a_pair(attempt)
            return RetryLater(pause=pause, code=problem.code, words=words)
        case Judgement.RECONNECT:
            return CredentialsRefused(code=problem.code, words=words)
        case _:
            return Failed(code=problem.code, words=words)


def _pause(attempt: int) -> timedelta:
    return retries.pause_before(attempt, random.random())  # noqa: S311 - spreads, hides nothing
