"""Messages from before the number was connected here: what Meta passes on of the phone app's
history, in chunks and in no order, with the files later (docs/whatsapp.md §6)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from inbox_app.channels.whatsapp.json_values import Json, ident, is_mapping, items, mapping
from inbox_app.channels.whatsapp.webhooks import content
from inbox_app.channels.whatsapp.webhooks.events import Echo, InboundMessage, WhatsAppUser
from inbox_app.channels.whatsapp.webhooks.messages import Place, context_of, message_of
from inbox_app.channels.whatsapp.webhooks.statuses import STATUSES
from inbox_app.channels.whatsapp.webhooks.users import People, phone_and_id
from inbox_app.domain.messages import DeliveryStatus
from inbox_app.domain.people.phones import canonical


def old_messages(value: Json) -> Iterator[tuple[Any, WhatsAppUser | None]]:
    """Each as it came, with whom its thread is with where that is said: in a chunk of the history,
    or among the messages whose files came later."""
    for chunk in items(value.get("history")):
        for thread in map(mapping, items(mapping(chunk).get("threads"))):
            person = _person(thread)
            yield from ((raw, person) for raw in items(thread.get("messages")))
    yield from ((raw, None) for raw in items(value.get("messages")))


def declined(value: Json) -> list[Any]:
    """The errors in the place of chunks: the company keeps its history to itself."""
    told = [error for chunk in items(value.get("history")) for error in _errors(chunk)]
    return [*told, *items(value.get("errors"))]


def read_old(
    raw: Json, place: Place, people: People, person: WhatsAppUser | None, ours: str | None
) -> tuple[InboundMessage | Echo, str | None]:
    """The message, or what the company wrote; and its type when it is one we had not seen before.
    ``ours`` are the digits of the business number."""
    type_raw = content.type_of(raw)
    said = content.read(raw, type_raw)
    author = people.sender(raw)
    by_us = _wrote(author, ours, person)
    other = person or (people.recipient(raw) if by_us else author)
    old = message_of(raw, place, author if by_us else other, type_raw, said, context_of(raw))
    old = replace(old, old=True, counts_for_window=False, status=_status(raw) if by_us else None)
    return Echo(recipient=other, message=old) if by_us else old, None if said.known else type_raw


def _person(thread: Json) -> WhatsAppUser | None:
    told = mapping(thread.get("context"))
    wa_id, user_id = phone_and_id(told.get("wa_id") or thread.get("id"), told.get("user_id"))
    person = WhatsAppUser(
        wa_id=wa_id,
        user_id=user_id,
        parent_user_id=ident(told.get("parent_user_id")),
        username=ident(told.get("username")),
    )
    return person if person.known else None


def _wrote(author: WhatsAppUser, ours: str | None, person: WhatsAppUser | None) -> bool:
    """Whether it was the company: the thread says who else it could be."""
    if author.wa_id is None:
        return False
    if ours is not None and canonical(author.wa_id) == canonical(ours):
        return True
    return (
        person is not None
        and person.wa_id is not None
        and canonical(author.wa_id) != canonical(person.wa_id)
    )


def _status(raw: Json) -> DeliveryStatus | None:
    told = ident(mapping(raw.get("history_context")).get("status")) or ""
    return _HOW_FAR.get(told.upper())


def _errors(chunk: Any) -> list[Any]:
    return items(chunk.get("errors")) if is_mapping(chunk) else []


_HOW_FAR = {name.upper(): status for name, status in STATUSES.items()} | {
    "ERROR": DeliveryStatus.FAILED,
    "PENDING": DeliveryStatus.SENT,
}
