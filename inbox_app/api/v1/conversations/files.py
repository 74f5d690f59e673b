"""`/conversations/{id}/messages` with a form: a photo or a PDF (M2)."""

from fastapi import APIRouter
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from inbox_app import clock
from inbox_app.api.files.storage_away import RETRY_AFTER_SECONDS, warn
from inbox_app.api.v1.conversations.file_form import INSIDE, FileForm
from inbox_app.api.v1.conversations.messages import client_ref, shown
from inbox_app.api.v1.conversations.send_refusals import REFUSALS, problem_of
from inbox_app.api.v1.gate.holder import Holder, IdempotencyKey
from inbox_app.api.v1.gate.problems import Problem, not_found
from inbox_app.channels.base import Channel
from inbox_app.channels.registry import channel_of
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.files.outgoing_files import FileProblem, FileRefusedError, OutgoingFile
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import Origin
from inbox_app.live import Change, Queue
from inbox_app.queries.api.message_out import MessageOut
from inbox_app.runtime import current_runtime
from inbox_app.services.accounts.api_keys import KeyHolder
from inbox_app.services.sending.attach import channel_for
from inbox_app.services.sending.send_file import queue_file
from inbox_app.workflows.prepare_file import prepare_file

router = APIRouter(prefix="/conversations/{id}/messages", include_in_schema=False)


@router.post(INSIDE, status_code=202)
async def send_file(request: Request, holder: Holder, key: IdempotencyKey, id: str) -> MessageOut:
    """Queue a photo or a PDF. 422 with `problem` for what is neither, or cannot be opened."""
    form: FileForm | None = getattr(request.state, "form", None)
    if form is None:
        raise not_found()
    conversation_id = read_id(id) or 0
    channel = await _channel(holder, conversation_id)
    file = await _prepared(form, channel)
    sent = await _queued(holder, conversation_id, form, file, client_ref(holder, key), channel)
    runtime = current_runtime()
    runtime.live.publish(Change(holder.account_id, conversation_id))
    runtime.live.wake(Queue.SEND)
    return sent


async def _channel(holder: KeyHolder, conversation_id: int) -> Channel:
    try:
        async with current_runtime().database.reading() as session:
            return channel_of(await channel_for(session, holder.account_id, conversation_id))
    except NotFoundError:
        raise not_found() from None


async def _prepared(form: FileForm, channel: Channel) -> OutgoingFile:
    name = form.file.filename or ""
    try:
        return await prepare_file(current_runtime(), form.chunks(), name, channel)
    except FileRefusedError as no:
        words = f"file: {_WORDS[no.problem]} Photos and PDFs can be sent."
        raise Problem(422, "file", words, problem=no.problem) from None
    except OSError as error:
        warn(error)
        later = {"retry-after": str(RETRY_AFTER_SECONDS)}
        raise Problem(503, "unavailable", "The file cannot be kept now.", later) from None


async def _queued(
    holder: KeyHolder,
    conversation_id: int,
    form: FileForm,
    file: OutgoingFile,
    ref: str | None,
    channel: Channel,
) -> MessageOut:
    async def work(session: AsyncSession) -> MessageOut:
        queued = await queue_file(
            session,
            file,
            account_id=holder.account_id,
            conversation_id=conversation_id,
            caption=form.caption,
            author_id=None,
            origin=Origin.API,
            client_ref=ref,
            now=clock.now(),
        )
        return await shown(session, holder, queued)

    try:
        return await current_runtime().database.run_transaction(work)
    except REFUSALS as no:
        words = f"caption: has at most {channel.file_limits.caption} characters."
        raise problem_of(no, what="A file", text=words, template="template") from None


_WORDS = {
    FileProblem.EMPTY: "it is empty.",
    FileProblem.TOO_LARGE: "it is larger than the channel takes.",
    FileProblem.VIDEO: "it is a video.",
    FileProblem.AUDIO: "it is audio.",
    FileProblem.OFFICE: "it is an office document: save it as a PDF.",
    FileProblem.ARCHIVE: "it is an archive: send what is in it one by one.",
    FileProblem.PROGRAM: "it is a program.",
    FileProblem.WEB_PAGE: "it is a web page or a drawing: print it to a PDF.",
    FileProblem.ANIMATION: "it is a moving picture.",
    FileProblem.BROKEN_PHOTO: "the photo is damaged.",
    FileProblem.HUGE_PHOTO: "the picture has too many pixels.",
    FileProblem.ENCRYPTED_PDF: "the PDF asks for a password.",
    FileProblem.BROKEN_PDF: "the PDF is damaged or has no pages.",
    FileProblem.OTHER: "it is neither a photo nor a PDF.",
    FileProblem.TOO_MANY: "too many wait to be sent.",
    FileProblem.NOT_TAKEN: "the channel takes none of its kind.",
}
