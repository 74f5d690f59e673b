"""The files of messages on their way, and what the channel calls those that it has (M2)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.outbound import Job, JobFile
from inbox_app.channels.registry import channel_of
from inbox_app.models import Connection, Media
from inbox_app.services.channel_services import QueuedSend


async def files_of(
    session: AsyncSession, sends: Collection[QueuedSend], real_now: datetime
) -> Mapping[int, JobFile]:
    """By message id, for those that have one."""
    query = select(Media).where(
        col(Media.account_id).in_({send.message.account_id for send in sends}),
        col(Media.message_id).in_({send.message.id for send in sends}),
    )
    connections = {send.message.id: send.connection for send in sends}
    return {
        media.message_id: JobFile(
            content_type=media.mime_type,
            filename=media.filename or "",
            size=media.size or 0,
            sha256=media.sha256 or "",
            uploaded_as=_still_there(media, connections[media.message_id], real_now),
        )
        for media in (await session.exec(query)).all()
    }


async def note_upload(
    session: AsyncSession, job: Job, uploaded_as: str, real_now: datetime
) -> None:
    """The channel has the job's file: another try need not upload it again."""
    query = select(Media).where(
        col(Media.account_id) == job.account_id, col(Media.message_id) == job.message_id
    )
    media = (await session.exec(query)).one()
    media.provider_media_id = uploaded_as
    media.uploaded_at, media.uploaded_by = real_now, job.connection_id


def _still_there(media: Media, connection: Connection, real_now: datetime) -> str | None:
    if media.uploaded_at is None or media.uploaded_by != connection.id:
        return None
    kept_until = media.uploaded_at + channel_of(connection.channel).keeps_uploads_for
    return media.provider_media_id if real_now < kept_until else None
