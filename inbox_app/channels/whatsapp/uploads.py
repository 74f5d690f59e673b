"""Files on their way out: what Meta takes, and how it gets to her (docs/whatsapp.md §9)."""

from datetime import timedelta

from inbox_app.channels.outbound import Job, JobFile, ReadFile
from inbox_app.channels.whatsapp.graph import messages
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.media_form import MediaForm
from inbox_app.domain.files.outgoing_files import FileLimits
from inbox_app.domain.messages import MessageKind

_MB = 1024 * 1024
LIMITS = FileLimits(
    photo_types=frozenset({"image/jpeg", "image/png"}),
    photo_bytes=5 * _MB,
    document_bytes=100 * _MB,
    caption=1024,
)
KEPT_FOR = timedelta(days=29)
"""She keeps them 30 days."""


async def upload(client: GraphClient, job: Job, file: JobFile, read_file: ReadFile) -> str:
    """Her id of the file."""
    form = MediaForm(file.content_type, file.size)
    return await client.upload_media(job.endpoint, form, read_file(file.sha256))


def payload(job: Job, file: JobFile, media_id: str) -> messages.Payload:
    """The message that shows it, the job's text being the caption."""
    to = {"wa_id": job.address, "user_id": job.external_id, "opaque": job.ref}
    if job.kind is MessageKind.IMAGE:
        return messages.image(media_id, job.text, **to)
    return messages.document(media_id, file.filename, job.text, **to)
