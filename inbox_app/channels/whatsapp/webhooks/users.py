"""Who a message is from or for: numbers, business-scoped ids, and the names beside them."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from inbox_app.channels.whatsapp.json_values import Json, ident, is_mapping, items, mapping, words
from inbox_app.channels.whatsapp.webhooks.events import IdentityChange, WhatsAppUser
from inbox_app.domain.messages import clean_line
from inbox_app.domain.people.phones import canonical

MAX_NAME = 200


class People:
    """The contacts of one change, by whom its messages are given names.

    A contact is matched by id. One that matches nobody is taken for the sender only when it is
    the only contact, and then for its name: Meta's own examples carry two different numbers.
    """

    def __init__(self, contacts: Any, messages: list[Any]) -> None:
        self._contacts = [contact for contact in items(contacts) if is_mapping(contact)]
        self._messages = messages
        self._by_key: dict[str, Json] = {}
        for contact in self._contacts:
            for key in _keys(_contact_ids(contact)):
                self._by_key.setdefault(key, contact)

    def sender(self, message: Json) -> WhatsAppUser:
        """The author of an inbound message."""
        return self._with_contact(_ids(message, "from"))

    def recipient(self, message: Json) -> WhatsAppUser:
        """Who a message from the phone app went to."""
        return self._with_contact(_ids(message, "to"))

    def only_contact(self) -> WhatsAppUser:
        """For a message that names nobody."""
        if len(self._contacts) != 1:
            return WhatsAppUser()
        return _joined(WhatsAppUser(), self._contacts[0], same=True)

    def _with_contact(self, ids: WhatsAppUser) -> WhatsAppUser:
        if not ids.known:
            return self.only_contact()
        if (contact := self._contact_of(ids)) is not None:
            return _joined(ids, contact, same=True)
        if self._stray_contact is not None:
            return _joined(ids, self._stray_contact, same=False)
        return ids

    def _contact_of(self, ids: WhatsAppUser) -> Json | None:
        return next((self._by_key[key] for key in _keys(ids) if key in self._by_key), None)

    @cached_property
    def _stray_contact(self) -> Json | None:
        """The only contact, unless it is the sender of another message of the batch."""
        if len(self._contacts) != 1:
            return None
        senders = (_ids(mapping(message), "from") for message in self._messages)
        taken = any(self._contact_of(sender) is not None for sender in senders)
        return None if taken else self._contacts[0]


def phone_and_id(phone: Any, user_id: Any) -> tuple[str | None, str | None]:
    """A number and a business-scoped id, wherever Meta put the id: also in the number's place."""
    given = ident(phone)
    other = ident(user_id)
    if given is None:
        return None, other
    digits = _MARKS.sub("", given)
    if _PHONE.fullmatch(digits):
        return digits, other
    return None, other or given


def identity_change(message: Json) -> IdentityChange | None:
    """What a `system` message says about a user's new number or id, in all its shapes so far.

    Before August 2026 the old id stands only in the sentence for people.
    """
    system = mapping(message.get("system"))
    if not system:
        return None
    old_phone, old_id = phone_and_id(message.get("from"), message.get("from_user_id"))
    new_phone, new_id = phone_and_id(
        system.get("wa_id") or system.get("new_wa_id"), system.get("user_id")
    )
    said_from, said_to = _said(system)
    customer, _ = phone_and_id(system.get("customer"), None)
    return IdentityChange(
        type_raw=ident(system.get("type")) or "",
        old_wa_id=old_phone or customer or said_from[0],
        new_wa_id=new_phone or said_to[0],
        old_user_id=ident(system.get("previous_user_id")) or old_id or said_from[1],
        new_user_id=new_id or said_to[1],
        new_parent_user_id=ident(system.get("parent_user_id")),
    )


_MARKS = re.compile("[+\\s\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PHONE = re.compile("[0-9]{5,20}")
_FROM_TO = re.compile(r"(?s:.*)\bfrom\s+(\S+)\s+to\s+(\S+)")
_BUSINESS_SCOPED = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]+|user\.[0-9a-f]+")

_Said = tuple[str | None, str | None]


def _said(system: Json) -> tuple[_Said, _Said]:
    match = _FROM_TO.match(words(system.get("body")) or "")
    if match is None:
        return (None, None), (None, None)
    return _said_id(match[1]), _said_id(match[2])


def _said_id(token: str) -> _Said:
    phone, user_id = phone_and_id(token.rstrip(".,;"), None)
    return phone, user_id if user_id and _BUSINESS_SCOPED.fullmatch(user_id) else None


def _ids(message: Json, key: str) -> WhatsAppUser:
    wa_id, user_id = phone_and_id(message.get(key), message.get(f"{key}_user_id"))
    parent = ident(message.get(f"{key}_parent_user_id"))
    return WhatsAppUser(wa_id=wa_id, user_id=user_id, parent_user_id=parent)


def _contact_ids(contact: Json) -> WhatsAppUser:
    wa_id, user_id = phone_and_id(contact.get("wa_id"), contact.get("user_id"))
    parent = ident(contact.get("parent_user_id"))
    return WhatsAppUser(wa_id=wa_id, user_id=user_id, parent_user_id=parent)


def _keys(ids: WhatsAppUser) -> Iterator[str]:
    if ids.user_id is not None:
        yield ids.user_id
    if ids.wa_id is not None:
        yield canonical(ids.wa_id)


def _joined(ids: WhatsAppUser, contact: Json, *, same: bool) -> WhatsAppUser:
    """`ids` with the contact's names, and with its other ids when it is the same person."""
    profile = mapping(contact.get("profile"))
    other = _contact_ids(contact) if same else ids
    return WhatsAppUser(
        wa_id=ids.wa_id or other.wa_id,
        user_id=ids.user_id or other.user_id,
        parent_user_id=ids.parent_user_id or other.parent_user_id,
        username=_line(profile.get("username"), "@"),
        profile_name=_line(profile.get("name")),
    )


def _line(value: Any, prefix: str = "") -> str | None:
    return clean_line(words(value) or "", MAX_NAME).removeprefix(prefix) or None
