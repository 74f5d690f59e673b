"""Which ids are whose: the people a batch of events speaks of, known by any id or new.

Identity on a channel is a set of ids. An id that is new beside a known one is one more of the same
person. Ids of two people are never merged by guess: the address decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from inbox_app.channels.inbound import PHONE, Alias, Contact, ContactChange


@dataclass(slots=True, eq=False)
class Person:
    """One address, with what this batch has made of it; ``id`` is 0 until it is written."""

    account_id: int
    channel: str
    id: int = 0
    address: str | None = None
    external_id: str | None = None
    username: str | None = None
    profile_name: str | None = None
    changed: bool = False
    new_numbers: set[str] = field(default_factory=set[str])
    """``phones.canonical`` of numbers that were not known to be this person's before."""
    names_changed: bool = False

    @property
    def unsearched(self) -> bool:
        """Whether there is more to be found by than before."""
        return self.names_changed or bool(self.new_numbers)


class AliasKey(NamedTuple):
    """An id within a company."""

    account_id: int
    channel: str
    kind: str
    value: str


def keys_of(account_id: int, channel: str, contact: Contact) -> list[AliasKey]:
    """The ids in the order they are looked up."""
    return [_key(account_id, channel, alias) for alias in contact.aliases]


def keys_of_change(account_id: int, channel: str, change: ContactChange) -> list[AliasKey]:
    """All ids that a change speaks of."""
    before, after = change.before, change.after
    return keys_of(account_id, channel, before) + keys_of(account_id, channel, after)


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

    def find(self, account_id: int, channel: str, contact: Contact, *, wrote: bool) -> Person:
        """Whom ``contact`` means, made if need be; ``wrote`` when these ids wrote to us."""
        keys = keys_of(account_id, channel, contact)
        address = contact.address_alias and _key(account_id, channel, contact.address_alias)
        person = self._known(keys, address) or Person(account_id, channel)
        self._add(person, keys)
        self._refresh(person, contact, wrote=wrote)
        return person

    def rename(self, account_id: int, channel: str, change: ContactChange) -> Person:
        """Give the person of the old ids the new ones (docs/whatsapp.md §5.4).

        The old address is let go: it may be given to somebody else.
        """
        before, after = change.before, change.after
        old, new = keys_of(account_id, channel, before), keys_of(account_id, channel, after)
        person = self._by_contact(account_id, channel, before) or self._by_contact(
            account_id, channel, after
        )
        if person is None:
            return self.find(account_id, channel, after if new else before, wrote=False)
        if self._add(person, new) and after.address is not None:
            given_up = before.address_alias and _key(account_id, channel, before.address_alias)
            self._let_go(person, [key for key in old if key == given_up], new)
        self._refresh(person, after, wrote=True)
        return person

    def _by_contact(self, account_id: int, channel: str, contact: Contact) -> Person | None:
        address = contact.address_alias and _key(account_id, channel, contact.address_alias)
        return self._known(keys_of(account_id, channel, contact), address)

    def _known(self, keys: Sequence[AliasKey], address: AliasKey | None) -> Person | None:
        """The first who has one of the ids; who has the address, where they disagree."""
        if address is not None and address in self._people:
            return self._people[address]
        return next((self._people[key] for key in keys if key in self._people), None)

    def _add(self, person: Person, keys: Sequence[AliasKey]) -> bool:
        """The ids are this person's, unless one is somebody else's: then nothing is concluded."""
        if any(self._people.get(key, person) is not person for key in keys):
            self.conflicts += 1
            return False
        for key in keys:
            if key in self._people:
                continue
            self._people[key] = self.added[key] = person
            if key.kind == PHONE:
                person.new_numbers.add(key.value)
        return True

    def _refresh(self, person: Person, contact: Contact, *, wrote: bool) -> None:
        """Keep the freshest ids that wrote, of those that are the person's own, and the names."""
        before = (person.address, person.external_id, person.username, person.profile_name)
        if self._owns(person, contact.address_alias) and (wrote or person.address is None):
            person.address = contact.address
        if self._owns(person, contact.external_alias) and (wrote or person.external_id is None):
            person.external_id = contact.external_id
        person.username = contact.username or person.username
        person.profile_name = contact.profile_name or person.profile_name
        after = (person.address, person.external_id, person.username, person.profile_name)
        person.changed = person.changed or before != after
        person.names_changed = person.names_changed or before[2:] != after[2:]

    def _owns(self, person: Person, alias: Alias | None) -> bool:
        if alias is None:
            return False
        return self._people.get(_key(person.account_id, person.channel, alias)) is person

    def _let_go(self, person: Person, old: Sequence[AliasKey], new: Sequence[AliasKey]) -> None:
        for key in old:
            if key not in new and self._people.get(key) is person:
                del self._people[key]
                if self.added.pop(key, None) is None:
                    self.let_go.add(key)


def _key(account_id: int, channel: str, alias: Alias) -> AliasKey:
    return AliasKey(account_id, channel, alias.kind, alias.value)
