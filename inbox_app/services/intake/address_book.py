"""Which ids are whose: the people a batch of events speaks of, known by any id or new.

Identity on WhatsApp is a set of ids (whatsapp.md §5.3). An id that is new beside a known one is
one more of the same person. Ids of two people are never merged by guess: the phone decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inbox_app.channels.whatsapp.webhooks.events import IdentityChange, WhatsAppUser
from inbox_app.domain import phones
from inbox_app.models import AliasKind


@dataclass(slots=True, eq=False)
class Person:
    """One address, with what this batch has made of it; ``id`` is 0 until it is written."""

    account_id: int
    id: int = 0
    wa_id: str | None = None
    user_id: str | None = None
    username: str | None = None
    profile_name: str | None = None
    changed: bool = False
    new_numbers: set[str] = field(default_factory=set[str])
    """``phones.canonical`` of numbers that were not known to be this person's before."""


@dataclass(frozen=True, slots=True)
class AliasKey:
    """An id within a company."""

    account_id: int
    kind: AliasKind
    value: str


def keys_of(account_id: int, sender: WhatsAppUser) -> list[AliasKey]:
    """The ids in the order they are looked up."""
    ids = {
        AliasKind.USER_ID: sender.user_id,
        AliasKind.PARENT_USER_ID: sender.parent_user_id,
        AliasKind.PHONE: sender.wa_id and phones.canonical(sender.wa_id),
    }
    return [AliasKey(account_id, kind, value) for kind, value in ids.items() if value]


def keys_of_change(account_id: int, change: IdentityChange) -> list[AliasKey]:
    """All ids that a change speaks of."""
    return keys_of(account_id, _before(change)) + keys_of(account_id, _after(change))


class AddressBook:
    """People by id; what is found, added and let go here is written down afterwards."""

    def __init__(self, known: Mapping[AliasKey, Person]) -> None:
        self._people = dict(known)
        self.added: dict[AliasKey, Person] = {}
        self.let_go: set[AliasKey] = set()
        """Rows of the database that no longer hold, to be removed before ``added`` is written."""
        self.conflicts = 0
        """How often the ids of one message belonged to two people."""

    @property
    def people(self) -> list[Person]:
        """Everybody in it, once."""
        return list(dict.fromkeys(self._people.values()))

    def find(self, account_id: int, sender: WhatsAppUser, *, wrote: bool) -> Person:
        """Whom ``sender`` means, made if need be; ``wrote`` when these ids wrote to us."""
        keys = keys_of(account_id, sender)
        person = self._known(keys) or Person(account_id)
        self._add(person, keys)
        _refresh(person, sender, self._own(person, keys), wrote=wrote)
        return person

    def rename(self, account_id: int, change: IdentityChange) -> Person:
        """Give the person of the old ids the new ones (whatsapp.md §5.4).

        The old number is let go: it may be given to somebody else.
        """
        before, after = _before(change), _after(change)
        old, new = keys_of(account_id, before), keys_of(account_id, after)
        person = self._known(old) or self._known(new)
        if person is None:
            return self.find(account_id, after if after.known else before, wrote=False)
        if self._add(person, new) and change.new_wa_id is not None:
            self._let_go(person, [key for key in old if key.kind is AliasKind.PHONE], new)
        _refresh(person, after, self._own(person, new), wrote=True)
        return person

    def _known(self, keys: Sequence[AliasKey]) -> Person | None:
        """The first who has one of the ids; who has the phone, where they disagree."""
        known = {key.kind: self._people[key] for key in keys if key in self._people}
        if not known:
            return None
        first = next(iter(known.values()))
        return known.get(AliasKind.PHONE, first)

    def _add(self, person: Person, keys: Sequence[AliasKey]) -> bool:
        """The ids are this person's, unless one is somebody else's: then nothing is concluded."""
        if any(self._people.get(key, person) is not person for key in keys):
            self.conflicts += 1
            return False
        for key in keys:
            if key in self._people:
                continue
            self._people[key] = self.added[key] = person
            if key.kind is AliasKind.PHONE:
                person.new_numbers.add(key.value)
        return True

    def _own(self, person: Person, keys: Sequence[AliasKey]) -> set[AliasKind]:
        return {key.kind for key in keys if self._people.get(key) is person}

    def _let_go(self, person: Person, old: Sequence[AliasKey], new: Sequence[AliasKey]) -> None:
        for key in old:
            if key not in new and self._people.get(key) is person:
                del self._people[key]
                if self.added.pop(key, None) is None:
                    self.let_go.add(key)


def _before(change: IdentityChange) -> WhatsAppUser:
    return WhatsAppUser(wa_id=change.old_wa_id, user_id=change.old_user_id)


def _after(change: IdentityChange) -> WhatsAppUser:
    return WhatsAppUser(
        wa_id=change.new_wa_id,
        user_id=change.new_user_id,
        parent_user_id=change.new_parent_user_id,
    )


def _refresh(person: Person, sender: WhatsAppUser, own: set[AliasKind], *, wrote: bool) -> None:
    """Keep the freshest ids that wrote, of those that are the person's own, and the names."""
    before = (person.wa_id, person.user_id, person.username, person.profile_name)
    if AliasKind.PHONE in own and (wrote or person.wa_id is None):
        person.wa_id = sender.wa_id
    if AliasKind.USER_ID in own and (wrote or person.user_id is None):
        person.user_id = sender.user_id
    person.username = sender.username or person.username
    person.profile_name = sender.profile_name or person.profile_name
    after = (person.wa_id, person.user_id, person.username, person.profile_name)
    person.changed = person.changed or before != after
