"""Which of the files that lie in the storage no row names."""

from collections.abc import Collection

from sqlalchemy import union
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Media, Upload

_NAMING = (
    Media.sha256,
    Media.thumb_sha256,
    Media.playable_sha256,
    Upload.sha256,
    Upload.thumb_sha256,
)


async def unnamed(session: AsyncSession, names: Collection[str]) -> set[str]:
    """Those of ``names`` that are nobody's.

    Asked in one statement: between two a file might pass from a draft to its message, and be seen
    with neither.
    """
    query = union(*(select(col(named)).where(col(named).in_(names)) for named in _NAMING))
    core = await session.connection()
    return set(names) - set((await core.execute(query)).scalars())
