"""What stands on the simulated phones: chats with our numbers, kept in a small file."""

import base64
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_KEPT = 200
"""Messages of a chat that survive a restart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneFile:
    """A file that a message shows, by its id at the simulated Meta."""

    id: str
    kind: str
    """image, sticker, video, audio or document."""
    mime_type: str
    name: str = ""


@dataclass(slots=True, kw_only=True)
class PhoneMessage:
    """One message as it stands on a phone; `at` is in Unix seconds."""

    id: str
    mine: bool
    """Written on this phone; otherwise by the business."""
    kind: str
    text: str
    at: int
    status: str
    """Of ours: sent, delivered or read. Of the business's: accepted before that."""
    category: str = "service"
    """Meta's, of the business's; what it charges by."""
    charged: bool = False
    opaque: str | None = None
    file: PhoneFile | None = None


@dataclass(slots=True, kw_only=True)
class Chat:
    """One person's chat with one business number."""

    phone_number_id: str
    person: str
    messages: list[PhoneMessage] = field(default_factory=list[PhoneMessage])
    last_written_at: int | None = None
    """When the person last wrote: Meta's window counts from here."""
    blocked: bool = False
    """By the business: what the person writes stays on the phone."""
    marketing_stopped: bool = False
    """Marketing templates are refused with 131050."""

    def find(self, message_id: str) -> PhoneMessage | None:
        """The newest with this id."""
        return next((m for m in reversed(self.messages) if m.id == message_id), None)


Listener = Callable[[Chat], None]


class Phones:
    """All chats. `file` is where they are kept, if anywhere."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._chats: dict[tuple[str, str], Chat] = {}
        self._listeners: list[Listener] = []
        self._changed = False
        self._load()

    def chat(self, phone_number_id: str, person: str) -> Chat:
        """The chat, begun if need be."""
        key = (phone_number_id, person)
        if key not in self._chats:
            self._chats[key] = Chat(phone_number_id=phone_number_id, person=person)
        return self._chats[key]

    def clear(self) -> None:
        """Forget everything that was ever said."""
        self._chats.clear()
        self._changed = True

    def people(self) -> list[str]:
        """The keys of all who have a chat, in the order in which they began it."""
        return list(dict.fromkeys(person for _, person in self._chats))

    def chats_of(self, phone_number_id: str) -> list[Chat]:
        """All with one business number."""
        return [chat for chat in self._chats.values() if chat.phone_number_id == phone_number_id]

    def chat_of_message(self, phone_number_id: str, message_id: str) -> Chat | None:
        """Where a message of this business number stands."""
        chats = (c for c in self._chats.values() if c.phone_number_id == phone_number_id)
        return next((chat for chat in chats if chat.find(message_id)), None)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """From now on `listener` hears of each changed chat; the function returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def changed(self, chat: Chat) -> None:
        """Tell who listens; `save` will write."""
        self._changed = True
        for listener in tuple(self._listeners):
            listener(chat)

    def save(self) -> None:
        """Write the file if anything changed since; a whole one or none."""
        if self._file is None or not self._changed:
            return
        self._changed = False
        chats = [asdict(chat) | {"messages": _last(chat)} for chat in self._chats.values()]
        partial = self._file.with_suffix(".part")
        partial.write_text(json.dumps(chats), encoding="utf-8")
        partial.replace(self._file)

    def _load(self) -> None:
        if self._file is None:
            return
        with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            for chat in json.loads(self._file.read_text(encoding="utf-8")):
                messages = [_message(message) for message in chat.pop("messages")]
                loaded = Chat(**chat, messages=messages)
                self._chats[loaded.phone_number_id, loaded.person] = loaded


def new_wamid(person: str, *, outgoing: bool) -> str:
    """An id in WhatsApp's form: base64 of the person's number and random digits."""
    number = person.encode()
    direction = b"\x15\x02\x00\x11\x18" if outgoing else b"\x15\x02\x00\x12\x18"
    token = secrets.token_hex(10).upper().encode()
    raw = b"\x1d\x18" + bytes([len(number)]) + number + direction + bytes([len(token)]) + token
    return f"wamid.{base64.b64encode(raw + bytes(1)).decode()}"


def _message(kept: dict[str, Any]) -> PhoneMessage:
    file = kept.pop("file", None)
    return PhoneMessage(**kept, file=PhoneFile(**file) if file else None)


def _last(chat: Chat) -> list[dict[str, Any]]:
    return [asdict(message) for message in chat.messages[-_KEPT:]]
