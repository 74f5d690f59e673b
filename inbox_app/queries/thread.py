"""The centre panel: the messages of a conversation, each with its place among its neighbours."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import messages
from inbox_app.domain.messages import MessageKind
from inbox_app.models import Media, Message, User
from inbox_app.queries.conversation_rows import name_of
from inbox_app.queries.moments import millis
from inbox_app.queries.rows import LocationRow, MediaRow, MessageRow

PAGE = 50
_MOST = 1000
_LONGEST_EXCERPT = 120
_ALONE = {MessageKind.SYSTEM, MessageKind.UNSUPPORTED}


class Place(NamedTuple):
    """Where a message stands in its thread: Meta's time, then our id."""

    sent_at: datetime
    id: int


# Of a thread shown whole: a webhook that comes late may be earlier than all of it.
_BEGINNING = Place(datetime(1970, 1, 1, tzinfo=UTC), 0)


BEGINNING = Place(datetime(1970, 1, 1, tzinfo=UTC), 0)


class Span(NamedTuple):
    """The part of a thread that is shown: from ``start`` to its end.

    With nothing older it starts at the beginning of time: what comes late, with an earlier time of
    Meta's, belongs to it.
    """

    start: Place
    has_older: bool


async def span(
    session: AsyncSession,
    account_id: int,
    conversation_id: int,
    *,
    before: Place | None = None,
    limit: int = PAGE,
) -> Span:
    """The part that begins up to ``limit`` messages before ``before``, or before the end."""
    place = (col(Message.sent_at), col(Message.id))
    query = (
        select(*place)
        .where(*_of(account_id, conversation_id))
        .order_by(place[0].desc(), place[1].desc())
        .limit(limit + 1)
    )
    if before is not None:
        query = query.where(tuple_(*place) < tuple_(before.sent_at, before.id))
    found = [Place(*row) for row in await session.exec(query)]
    has_older = len(found) > limit
    return Span(found[limit - 1] if has_older else BEGINNING, has_older)


async def since(
    session: AsyncSession, account_id: int, conversation_id: int, start: Place, time_zone: str
) -> list[MessageRow]:
    """The messages from ``start`` on, as the thread orders them; days are those of the zone."""
    found = await _facts(session, account_id, conversation_id, start)
    answered = {message.reply_to for message, _, _ in found if message.reply_to}
    excerpts = await _excerpts(session, conversation_id, answered)
    zone = ZoneInfo(time_zone)
    return _with_neighbours(
        [
            _row(message, media, author, excerpts, message.sent_at.astimezone(zone).date())
            for message, media, author in found
        ]
    )


def first_unread(rows: Sequence[MessageRow], last_read_id: int) -> str:
    """The id of the first that came in and is not read; empty for none."""
    unread = (r["id"] for r in rows if r["direction"] == "in" and int(r["id"]) > last_read_id)
    return next(unread, "")


def with_divider(rows: Sequence[MessageRow], before: str) -> list[MessageRow]:
    """Rows with the unread divider before the message of that id."""
    return [{**row, "unread_first": row["id"] == before} for row in rows]


def parted(rows: list[MessageRow], at: str) -> tuple[list[MessageRow], list[MessageRow]]:
    """Those before the message of that id, and the rest."""
    place = next((place for place, row in enumerate(rows) if row["id"] == at), 0)
    return rows[:place], rows[place:]


def _of(account_id: int, conversation_id: int) -> tuple[Any, ...]:
    return (
        col(Message.account_id) == account_id,
        col(Message.conversation_id) == conversation_id,
    )


async def _facts(
    session: AsyncSession, account_id: int, conversation_id: int, start: Place
) -> Sequence[tuple[Message, Media | None, str | None]]:
    place = (col(Message.sent_at), col(Message.id))
    query = (
        select(Message, Media, User.name)
        .outerjoin(Media, col(Media.message_id) == col(Message.id))
        .outerjoin(User, col(User.id) == col(Message.author_id))
        .where(*_of(account_id, conversation_id), tuple_(*place) >= tuple_(start.sent_at, start.id))
        .order_by(place[0].desc(), place[1].desc())
        .limit(_MOST)
    )
    return (await session.exec(query)).all()[::-1]


async def _excerpts(
    session: AsyncSession, conversation_id: int, provider_ids: Collection[str]
) -> dict[str, str]:
    """What the messages that are answered say, by provider id, as far as we have them."""
    if not provider_ids:
        return {}
    query = select(Message).where(
        col(Message.conversation_id) == conversation_id, col(Message.provider_id).in_(provider_ids)
    )
    return {
        answered.provider_id or "": _excerpt(answered) for answered in await session.exec(query)
    }


def _excerpt(message: Message) -> str:
    said = messages.preview(message.kind, message.text, name=name_of(message.details))
    return messages.clean_line(said.text, _LONGEST_EXCERPT)


def _row(
    message: Message, media: Media | None, author: str | None, excerpts: dict[str, str], day: date
) -> MessageRow:
    return MessageRow(
        id=str(message.id),
        direction=message.direction.value,
        kind=message.kind.value,
        text=message.text or "",
        sent_at=millis(message.sent_at),
        status=message.status.value if message.status else "",
        error_code=message.error_code or 0,
        unsupported_type=message.unsupported_type or "",
        reply_excerpt=excerpts.get(message.reply_to or "", ""),
        media=_media(media) if media else None,
        location=_location((message.details or {}).get("location")),
        template_name=_template_name(message),
        origin=message.origin.value if message.origin else "",
        author=author or "",
        first=True,
        last=True,
        day=day.isoformat(),
        day_first=True,
        unread_first=False,
    )


def _template_name(message: Message) -> str:
    return name_of(message.details) or "" if message.kind is MessageKind.TEMPLATE else ""


def _media(media: Media) -> MediaRow:
    return MediaRow(
        filename=media.filename or "",
        mime=media.mime_type,
        size=media.size or 0,
        state=media.state.value,
    )


def _location(place: dict[str, Any] | None) -> LocationRow | None:
    if not place:
        return None
    return LocationRow(
        latitude=float(place.get("latitude") or 0),
        longitude=float(place.get("longitude") or 0),
        name=str(place.get("name") or ""),
        address=str(place.get("address") or ""),
    )


def _with_neighbours(rows: list[MessageRow]) -> list[MessageRow]:
    """Mark where days begin, and where a run of one side begins and ends."""
    for before, after in pairwise(rows):
        after["day_first"] = before["day"] != after["day"]
        same_run = not after["day_first"] and _side(before) == _side(after)
        before["last"], after["first"] = not same_run, not same_run
    return rows


def _side(row: MessageRow) -> tuple[str, str]:
    """Notices stand alone; two authors of the company are two runs."""
    return (row["id"], "") if row["kind"] in _ALONE else (row["direction"], row["author"])
