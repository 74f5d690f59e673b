"""Rows of the thread: what a message shows, and its place among its neighbours."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Literal, TypeVar

from inbox_app.channels.base import Channel
from inbox_app.domain import messages
from inbox_app.domain.messages import Amendment, DeliveryStatus, Direction, MessageKind, Origin
from inbox_app.domain.opening_hours import AWAY
from inbox_app.domain.people import phones
from inbox_app.domain.texts import is_blank
from inbox_app.models import Media, Message
from inbox_app.queries.inbox.list.conversation_rows import name_of
from inbox_app.queries.thread.rows import CardRow, LocationRow, MediaRow, MessageRow, OrderLineRow
from inbox_app.web import millis

_LONGEST_EXCERPT = 120
Told = TypeVar("Told", dict[str, Any], list[dict[str, Any]])
_ALONE = {MessageKind.SYSTEM, MessageKind.UNSUPPORTED}


def message_row(
    message: Message,
    media: Media | None,
    author: str | None,
    channel: Channel,
    answered: dict[str, Message],
    amendments: Sequence[Message],
    day: date,
) -> MessageRow:
    """As if it stood alone on its day; what is ``answered`` goes by its provider id, and
    ``amendments`` are what was done to it, the latest last."""
    failed = message.status is DeliveryStatus.FAILED
    quoted = answered.get(message.reply_to or message.concerns or "")
    order = _told(message, "order", dict)
    edits = [one for one in amendments if one.amends is Amendment.EDIT]
    return MessageRow(
        id=str(message.id),
        direction=message.direction.value,
        kind=message.kind.value,
        text=order.get("text") or "" if order else _seen(edits[-1] if edits else message),
        sent_at=millis(message.sent_at),
        status=message.status.value if message.status else "",
        error_code=message.error_code or 0,
        failure_reason=channel.failure_reason(message.error_code).value if failed else "",
        remedy=message.remedy.value if message.remedy else "",
        unsupported_type=message.unsupported_type or "",
        order=[_order_line(line) for line in order.get("lines", [])],
        times=1,
        folded=False,
        may_ask_again=False,
        asked=False,
        settled=False,
        reply_excerpt=_excerpt(quoted) if quoted else "",
        reply_id=str(quoted.id) if quoted else "",
        before_edit=_seen(message) if edits else "",
        edited=bool(edits),
        deleted=any(one.amends is Amendment.DELETION for one in amendments),
        amends=message.amends.value if message.amends and message.concerns in answered else "",
        from_history=message.from_history,
        media=_media(media) if media else None,
        location=_location((message.details or {}).get("location")),
        cards=[_card(card) for card in _told(message, "contacts", list)],
        about=_about(message),
        file_lost=message.direction is Direction.IN and message.error_message is not None,
        template_name=_template_name(message),
        template_language=str(_told(message, "template", dict).get("language") or ""),
        origin=_origin(message),
        client_ref=(message.client_ref or "") if message.origin is Origin.PM else "",
        held=None,
        author=author or phones.display(message.sender or ""),
        first=True,
        last=True,
        day=day.isoformat(),
        day_first=True,
        unread_first=False,
    )


def with_neighbours(rows: list[MessageRow]) -> list[MessageRow]:
    """Mark where days begin, and where a run of one side begins and ends."""
    for before, after in pairwise(rows):
        after["day_first"] = before["day"] != after["day"]
        same_run = not after["day_first"] and _side(before) == _side(after)
        before["last"], after["first"] = not same_run, not same_run
    return rows


def _excerpt(message: Message) -> str:
    """The beginning of what it says, in one line, for the answer that quotes it."""
    said = messages.preview(message.kind, message.text, name=name_of(message.details))
    return messages.clean_line(said.text, _LONGEST_EXCERPT)


def _order_line(line: dict[str, Any]) -> OrderLineRow:
    return OrderLineRow(
        name=str(line.get("name") or ""),
        quantity=str(line.get("quantity") or ""),
        price=str(line.get("price") or ""),
        currency=str(line.get("currency") or ""),
    )


def _seen(message: Message) -> str:
    """The text, unless nothing of it can be seen."""
    return "" if is_blank(message.text or "") else message.text or ""


def _template_name(message: Message) -> str:
    return name_of(message.details) or "" if message.kind is MessageKind.TEMPLATE else ""


def _told(message: Message, what: str, kind: type[Told]) -> Told:
    """What the message carries of that name, or nothing where it is of another kind."""
    told = (message.details or {}).get(what)
    return told if isinstance(told, kind) else kind()


def _origin(message: Message) -> Literal["", "pm", "api", "app", "away"]:
    by_itself = message.origin is Origin.API and (message.client_ref or "").startswith(AWAY)
    return "away" if by_itself else message.origin.value if message.origin else ""


def _about(message: Message) -> str:
    product, ad = _told(message, "product", dict), _told(message, "ad", dict)
    lines = [product.get("id") or product.get("catalog_id")]
    lines += [ad.get(name) for name in ("headline", "body", "url")]
    return "" if message.kind is MessageKind.UNSUPPORTED else "\n".join(filter(None, lines))


def _card(card: dict[str, Any]) -> CardRow:
    numbers = [
        phones.display(phone.get("phone") or phone.get("wa_id") or "") for phone in card["phones"]
    ]
    company = card["company"] or ""
    return CardRow(
        name=card["name"] or company,
        company=company if card["name"] else "",
        reach=[number for number in numbers if number] + card["emails"],
    )


def _media(media: Media) -> MediaRow:
    return MediaRow(
        id=str(media.id),
        filename=media.filename or "",
        mime=media.content_type or media.mime_type,
        size=media.size or 0,
        state=media.state.value,
        width=media.width or 0,
        height=media.height or 0,
        pages=media.pages or 0,
        seconds=media.duration or 0.0,
        silent=media.silent,
        thumb=media.thumb_sha256 is not None,
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


def _side(row: MessageRow) -> tuple[str, str]:
    """Notices stand alone; two authors of the company are two runs."""
    return (row["id"], "") if row["kind"] in _ALONE else (row["direction"], row["author"])
