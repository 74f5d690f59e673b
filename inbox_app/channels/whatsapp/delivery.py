"""Takes one message to Meta and says what became of it."""

import random
from dataclasses import dataclass, replace
from datetime import timedelta

from inbox_app.channels.outbound import (
    CredentialsRefused,
    DeliveryResult,
    Job,
    JobFile,
    ReadFile,
    Refused,
    RetryAt,
    Sent,
    Unknown,
)
from inbox_app.channels.whatsapp import uploads
from inbox_app.channels.whatsapp.error_codes import NO_MARKETING_ENDPOINT, WHOLE_NUMBER
from inbox_app.channels.whatsapp.graph import messages, transport
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.channels.whatsapp.graph.messages import SendResult
from inbox_app.channels.whatsapp.identity import contact_of
from inbox_app.channels.whatsapp.pair_rate import pause_after_limit
from inbox_app.channels.whatsapp.webhooks.events import WhatsAppUser
from inbox_app.domain.delivery import retries
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.people import phones


@dataclass(frozen=True, slots=True)
class TemplateName:
    """What a job's ``content`` is when a template goes out: Meta's name and code of it."""

    name: str
    language: str
    marketing: bool


async def deliver(client: GraphClient, job: Job, read_file: ReadFile) -> DeliveryResult:
    """`client` is bound to the connection's token."""
    if job.file is None:
        return await _deliver(client, job)
    if job.file.uploaded_as:
        result = await _deliver(client, job)
        if not _names_no_file(result):
            return result
    return await _upload_and_send(client, job, job.file, read_file)


async def _upload_and_send(
    client: GraphClient, job: Job, file: JobFile, read_file: ReadFile
) -> DeliveryResult:
    """What went wrong with the upload is never unknown: no message left, and a file uploaded twice
    does no harm."""
    try:
        media_id = await uploads.upload(client, job, file, read_file)
    except transport.GraphRefusedError as error:
        return _judge(error.answer, job.attempt)
    except transport.GraphError:
        return _again(job, "The file could not be uploaded to WhatsApp.")
    except LookupError:
        return Refused(Failure(remedy=Remedy.INVALID, words="The file is no longer here."))
    except OSError:
        return _again(job, "The file could not be read.")
    result = await _deliver(client, replace(job, file=replace(file, uploaded_as=media_id)))
    if isinstance(result, CredentialsRefused):
        return result
    return replace(result, uploaded_as=media_id)


def _names_no_file(result: DeliveryResult) -> bool:
    """Whether Meta refused the id of an earlier upload: it lives for so many days only."""
    forgotten = {Remedy.INVALID, Remedy.NOT_FOUND}
    return isinstance(result, Refused) and result.failure.remedy in forgotten


async def _deliver(client: GraphClient, job: Job) -> DeliveryResult:
    try:
        sent, dialled = await _dial(client, job)
    except transport.GraphRefusedError as error:
        return _judge(error.answer, job.attempt)
    except transport.RequestNotSentError:
        return _again(job, "WhatsApp could not be reached.")
    except transport.OutcomeUnknownError:
        return Unknown()
    user = WhatsAppUser(wa_id=sent.wa_id)
    return Sent(provider_id=sent.provider_id, contact=contact_of(user), dialled=dialled)


async def _dial(client: GraphClient, job: Job) -> tuple[SendResult, str | None]:
    """The list of a test number compares letter by letter: what is not on it may be there in the
    number's other spelling, which is answered too (docs/whatsapp.md §13)."""
    try:
        return await _send(client, job), None
    except transport.GraphRefusedError as error:
        other = job.address and phones.other_spelling(job.address)
        if error.answer.remedy is not Remedy.NOT_LISTED or not other:
            raise
    again = replace(job, address=other)
    return await _send(client, again), other


async def _send(client: GraphClient, job: Job) -> SendResult:
    """Marketing goes its own way, and the common one where that is not open to the number."""
    payload = _payload(job)
    if isinstance(job.content, TemplateName) and job.content.marketing:
        try:
            return await client.send_message(job.endpoint, payload, marketing=True)
        except transport.GraphRefusedError as error:
            if error.answer.code not in NO_MARKETING_ENDPOINT and not _is_unknown(error.answer):
                raise
    return await client.send_message(job.endpoint, payload)


def _is_unknown(answer: GraphErrorAnswer) -> bool:
    """Whether Meta knows no such endpoint, or not for this number."""
    return answer.remedy is Remedy.NOT_FOUND


def _payload(job: Job) -> messages.Payload:
    wa_id, user_id = job.address, job.external_id
    if isinstance(job.content, TemplateName):
        name, language = job.content.name, job.content.language
        return messages.template(name, language, wa_id=wa_id, user_id=user_id, opaque=job.ref)
    if job.file is not None:
        return uploads.payload(job, job.file, job.file.uploaded_as or "")
    return messages.text(job.text, wa_id=wa_id, user_id=user_id, opaque=job.ref)


def _again(job: Job, words: str) -> RetryAt:
    return RetryAt(pause=_pause(job.attempt), failure=Failure(remedy=Remedy.RETRY, words=words))


def _judge(answer: GraphErrorAnswer, attempt: int) -> DeliveryResult:
    failure = Failure(remedy=answer.remedy, code=answer.code, words=answer.words)
    match answer.remedy:
        case Remedy.RETRY:
            pause = max(_pause(attempt), timedelta(seconds=answer.retry_after or 0))
            rest = pause if answer.code in WHOLE_NUMBER else None
            return RetryAt(pause=pause, failure=failure, rest=rest)
        case Remedy.PAIR_LIMITED:
            return RetryAt(pause=pause_after_limit(attempt), failure=failure)
        case Remedy.RECONNECT:
            return CredentialsRefused(failure)
        case _:
            return Refused(failure)


def _pause(attempt: int) -> timedelta:
    return retries.pause_before(attempt, random.random())  # noqa: S311 - spreads, hides nothing
