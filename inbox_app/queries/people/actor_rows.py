"""What the list of actors says of each of a few."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.messages import clean_line
from inbox_app.domain.people import phones
from inbox_app.models import Actor, ActorPhone
from inbox_app.queries.labels.labels import labels_of_actors
from inbox_app.queries.labels.rows import LabelRow
from inbox_app.queries.people.actor_search import phones_on_file
from inbox_app.queries.people.names import initials
from inbox_app.queries.people.rows import ActorRow

LONGEST_NAME = 80


async def actor_rows(
    session: AsyncSession, account_id: int, actors: Sequence[Actor]
) -> list[ActorRow]:
    """In the order given."""
    ids = [actor.id for actor in actors]
    on_file = await phones_on_file(session, account_id, ids)
    labels = await labels_of_actors(session, account_id, ids)
    return [_row(actor, on_file[actor.id], labels.get(actor.id, [])) for actor in actors]


def for_whatsapp(on_file: Sequence[ActorPhone]) -> ActorPhone | None:
    """The phone that messages go to: the one that was chosen, else the only usable one."""
    chosen = next((phone for phone in on_file if phone.whatsapp), None)
    usable = [phone for phone in on_file if phone.e164]
    return chosen or (usable[0] if len(usable) == 1 else None)


def shown_number(phone: ActorPhone) -> str:
    """As people write it, or as it was given where it is no number."""
    return phones.display(phone.e164) if phone.e164 else clean_line(phone.raw, LONGEST_NAME)


def _row(actor: Actor, on_file: Sequence[ActorPhone], labels: Sequence[LabelRow]) -> ActorRow:
    first = for_whatsapp(on_file) or (on_file[0] if on_file else None)
    name = clean_line(actor.name, LONGEST_NAME)
    return ActorRow(
        id=str(actor.id),
        name=name,
        initials=initials(name),
        kind=actor.kind.value,
        phone=shown_number(first) if first else "",
        usable=first is not None and first.e164 is not None,
        phones=len(on_file),
        email=clean_line(actor.email or "", LONGEST_NAME),
        labels=labels,
    )
