"""A webhook's body, taken apart into every message, status and notice of it, never an error
(M1, M5)."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from inbox_app.channels.whatsapp.json_values import (
    Json,
    UnreadableError,
    ident,
    is_mapping,
    items,
    load,
    mapping,
    moment,
)
from inbox_app.channels.whatsapp.webhooks.events import (
    AccountChange,
    AccountError,
    Broken,
    Echo,
    MetaError,
    ParsedWebhook,
    Problem,
    WhatsAppUser,
)
from inbox_app.channels.whatsapp.webhooks.fields import (
    ESSENTIAL,
    FIELD_BY_KEY,
    FIELDS,
    HISTORY,
    STANDBY,
)
from inbox_app.channels.whatsapp.webhooks.history import declined, old_messages, read_old
from inbox_app.channels.whatsapp.webhooks.messages import (
    Place,
    read_call,
    read_echo,
    read_errors,
    read_message,
)
from inbox_app.channels.whatsapp.webhooks.statuses import read_status
from inbox_app.channels.whatsapp.webhooks.users import People, phone_and_id

OBJECT = "whatsapp_business_account"


def parse(body: bytes) -> ParsedWebhook:
    """Read a body whose signature holds. Whatever it is, nothing is raised."""
    try:
        data = load(body)
    except ValueError:
        return ParsedWebhook(problem=Problem.NOT_JSON)
    entries = mapping(data).get("entry")
    if not isinstance(entries, list) or mapping(data).get("object", OBJECT) != OBJECT:
        return ParsedWebhook(problem=Problem.OTHER_SHAPE)
    event = ParsedWebhook()
    for index, entry in enumerate(items(entries)):
        _read_entry(event, index, entry)
    return event


def _read_entry(event: ParsedWebhook, index: int, entry: Any) -> None:
    changes = items(mapping(entry).get("changes"))
    if not changes:
        event.broken.append(Broken(entry=index, change=0, item=None, error="no changes"))
    for number, change in enumerate(changes):
        _Change(event, index, number, mapping(entry), mapping(change)).read()


class _Change:
    """One change on its way into the event."""

    def __init__(
        self, event: ParsedWebhook, entry_index: int, index: int, entry: Json, change: Json
    ) -> None:
        self.event = event
        self.at = (entry_index, index)
        self.entry = entry
        self.value = mapping(change.get("value"))
        self.unreadable = bool(change.get("value")) and not self.value
        self.field = self._field(change)
        metadata = mapping(self.value.get("metadata"))
        self.place = Place(
            phone_number_id=ident(metadata.get("phone_number_id")),
            waba_id=ident(entry.get("id")),
        )

    def read(self) -> None:
        if not self.value and (self.unreadable or self.field in {"messages", None, *ESSENTIAL}):
            self._broken(None, "no value")
        elif self.field == HISTORY:
            self._read_history()
        elif not self._read_items():
            self._keep_or_say_why_not()
        elif self._stands_by():
            self._keep()

    def _keep_or_say_why_not(self) -> None:
        if self.field in {"messages", None} and self._has_content():
            self._broken(None, "nothing that can be read")
        elif self.field in ESSENTIAL and not _is_word(self.value.get(ESSENTIAL[self.field])):
            self._broken(None, f"no {ESSENTIAL[self.field]}")
        elif self.field in ESSENTIAL and self.place == NOWHERE and "waba_info" not in self.value:
            self._broken(None, "no account")
        else:
            self._keep()

    def _stands_by(self) -> bool:
        return (self.field or "").startswith(STANDBY)

    def _has_content(self) -> bool:
        return any(self.value[key] for key in self.value if key not in _AROUND_CONTENT)

    def _field(self, change: Json) -> str | None:
        for key, field in FIELD_BY_KEY.items():
            if key in self.value:
                return field
        told = (change.get("field"), self.value.get("field"))
        return next((ident(field) for field in told if _is_word(field)), None)

    def _read_items(self) -> bool:
        """Read by what is there, whatever the field is called; false when there was nothing."""
        value = self.value
        messages, echoes = items(value.get("messages")), items(value.get("message_echoes"))
        people = People(value.get("contacts"), messages)
        self._each(messages, lambda raw: self._message(raw, people))
        self._each(echoes, lambda raw: self._echo(raw, people))
        calls = items(value.get("calls"))
        self._each(calls, lambda raw: self._call(raw, people))
        statuses = items(value.get("statuses"))
        self._each(statuses, lambda raw: self._status(raw, people))
        found = bool(messages or echoes or calls or statuses)
        return found or self._account_errors()

    def _read_history(self) -> None:
        found = list(old_messages(self.value))
        people = People(self.value.get("contacts"), [raw for raw, _ in found])
        told = mapping(self.value.get("metadata")).get("display_phone_number")
        ours, _ = phone_and_id(told, None)
        for index, (raw, person) in enumerate(found):
            self._each([raw], partial(self._old, people=people, person=person, ours=ours), index)
        self.event.errors.extend(map(self._account_error, read_errors(declined(self.value))))
        if not found:
            self._keep()

    def _old(
        self, raw: Json, *, people: People, person: WhatsAppUser | None, ours: str | None
    ) -> None:
        old, new_type = read_old(raw, self.place, people, person, ours)
        if isinstance(old, Echo):
            self.event.echoes.append(old)
        else:
            self.event.messages.append(old)
        self._count_type(new_type)

    def _each(self, raws: list[Any], read: Callable[[Json], None], first: int = 0) -> None:
        for index, raw in enumerate(raws, first):
            if not is_mapping(raw):
                self._broken(index, "not an object")
                continue
            try:
                read(raw)
            except UnreadableError as error:
                self._broken(index, str(error), raw)
            except Exception as error:
                self._broken(index, type(error).__name__, raw)

    def _message(self, raw: Json, people: People) -> None:
        message, new_type = read_message(raw, self.place, people)
        errors = (*message.errors, *read_errors(self.value.get("errors")))
        self.event.messages.append(replace(message, errors=errors) if errors else message)
        self._count_type(new_type)

    def _echo(self, raw: Json, people: People) -> None:
        echo, new_type = read_echo(raw, self.place, people)
        self.event.echoes.append(echo)
        self._count_type(new_type)

    def _call(self, raw: Json, people: People) -> None:
        call = read_call(raw, self.place, people)
        if call is None:
            self._keep()
        else:
            self.event.messages.append(call)

    def _status(self, raw: Json, people: People) -> None:
        status = read_status(raw, self.place, people)
        self.event.statuses.append(status)
        if status.status is None:
            self.event.unknown.append(f"status:{status.status_raw}")

    def _account_errors(self) -> bool:
        errors = read_errors(self.value.get("errors"))
        self.event.errors.extend(map(self._account_error, errors))
        return bool(errors)

    def _account_error(self, error: MetaError) -> AccountError:
        return AccountError(
            phone_number_id=self.place.phone_number_id, waba_id=self.place.waba_id, error=error
        )

    def _keep(self) -> None:
        field = STANDBY if self._stands_by() else self.field or ""
        self.event.changes.append(
            AccountChange(
                field=field,
                waba_id=self.place.waba_id,
                phone_number_id=self.place.phone_number_id,
                at=moment(self.entry.get("time")),
                value=self.value,
            )
        )
        if field not in FIELDS:
            self.event.unknown.append(f"field:{field}")

    def _count_type(self, new_type: str | None) -> None:
        if new_type is not None:
            self.event.unknown.append(f"type:{new_type}")

    def _broken(self, item: int | None, error: str, raw: Json | None = None) -> None:
        entry, change = self.at
        self.event.broken.append(
            Broken(
                entry=entry,
                change=change,
                item=item,
                error=error,
                phone_number_id=self.place.phone_number_id,
                provider_id=ident((raw or {}).get("id")),
            )
        )


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and ident(value) is not None


NOWHERE = Place(phone_number_id=None, waba_id=None)
_AROUND_CONTENT = frozenset({"messaging_product", "metadata"})
