"""Who writes out of hours is told when they are answered, once a night; urgent words mark the
conversation (S4).

All is written in the transaction that wrote the message: a kill loses none and doubles none.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.catalogues import nearest, text_in
from inbox_app.domain.conversations import triage
from inbox_app.domain.conversations.labels import LabelColour, NameRefusedError
from inbox_app.domain.delivery.send_later import Condition
from inbox_app.domain.messages import Direction, Origin
from inbox_app.domain.opening_hours import AWAY, closed_since, is_open, is_urgent, next_opening
from inbox_app.domain.reply_window import effective_inbound_at
from inbox_app.models import (
    Actor,
    Address,
    Conversation,
    Label,
    Message,
    Outbox,
    OutboxState,
    WithdrawnSend,
)
from inbox_app.queries.accounts.away import Away, chosen_away
from inbox_app.services.intake.address_book import Person
from inbox_app.services.intake.inbound_item import InboundItem
from inbox_app.services.intake.status_updates import ProviderKey
from inbox_app.services.labels.label_conversations import put_label
from inbox_app.services.labels.write_label import make_label
from inbox_app.services.notifications.note import note_urgent

LEAVES_AFTER = timedelta(seconds=30)
"""Whoever is there all the same answers first, and the text is dropped."""
_FRESH = timedelta(minutes=10)
"""What comes later than this was held up on its way: they wait for a person by now."""


async def answer_away(
    session: AsyncSession,
    items: Sequence[InboundItem],
    ids: Mapping[ProviderKey, int],
    now: datetime,
) -> None:
    """Of messages just written. Costs an account that chose nothing one look at a key."""
    asking = [item for item in items if _asks(item)]
    chosen = await chosen_away(session, {item.account_id for item in asking}) if asking else {}
    for account_id, away in chosen.items():
        theirs = [item for item in asking if item.account_id == account_id]
        urgent = [each for each in theirs if is_urgent(each.message.text, away.urgent_words)]
        await _mark_urgent(session, account_id, away, urgent, now)
        if not is_open(away.hours, now):
            await note_urgent(await session.connection(), urgent, ids, away.on_call)
        if away.answers and not is_open(away.hours, now):
            fresh = [item for item in theirs if _said_at(item) > now - _FRESH]
            await _tell(session, account_id, away, fresh, now)


def _asks(item: InboundItem) -> bool:
    """Whether a person wrote, to us alone, what one answers."""
    said = item.message
    is_ours = item.asks_for_attention and isinstance(item.partner, Person)
    return is_ours and triage.asks(said.kind, said.concerns)


def _said_at(item: InboundItem) -> datetime:
    return effective_inbound_at(item.message.sent_at, item.received_at)


async def _tell(
    session: AsyncSession,
    account_id: int,
    away: Away,
    items: Sequence[InboundItem],
    now: datetime,
) -> None:
    opens_at = next_opening(away.hours, now)
    if opens_at is None:
        return
    ends = {item.conversation_id: item.connection_id for item in items}
    refs = {id_: f"{AWAY}{id_}/{opens_at:%Y%m%dT%H%M}" for id_ in ends}
    told = await _told(session, account_id, refs.values())
    there = await _where_a_person_was(session, account_id, ends, closed_since(away.hours, now))
    for id_, language in await _not_blocked(session, account_id, ends):
        if refs[id_] not in told and id_ not in there:
            session.add(
                Outbox(
                    account_id=account_id,
                    conversation_id=id_,
                    connection_id=ends[id_],
                    state=OutboxState.WAITING,
                    condition=Condition.AT_TIME,
                    due_at=now + LEAVES_AFTER,
                    text=away.words(opens_at, language),
                    client_ref=refs[id_],
                    created_at=now.replace(microsecond=0),
                )
            )
    await session.flush()


async def _told(session: AsyncSession, account_id: int, refs: Collection[str]) -> set[str]:
    """Those that wait, have left, or were taken back by a person."""
    found = set[str]()
    for query in (
        select(Outbox.client_ref).where(
            col(Outbox.account_id) == account_id, col(Outbox.client_ref).in_(refs)
        ),
        select(Message.client_ref).where(
            col(Message.account_id) == account_id, col(Message.client_ref).in_(refs)
        ),
        select(WithdrawnSend.client_ref).where(
            col(WithdrawnSend.account_id) == account_id, col(WithdrawnSend.client_ref).in_(refs)
        ),
    ):
        found |= {ref for ref in await session.exec(query) if ref}
    return found


async def _where_a_person_was(
    session: AsyncSession, account_id: int, ids: Collection[int], since: datetime
) -> set[int]:
    """In which conversations somebody of ours has written since it closed."""
    query = select(Message.conversation_id).where(
        col(Message.account_id) == account_id,
        col(Message.conversation_id).in_(ids),
        col(Message.sent_at) >= since,
        col(Message.direction) == Direction.OUT,
        col(Message.origin).in_([Origin.PM, Origin.APP]),
    )
    return set(await session.exec(query))


async def _not_blocked(
    session: AsyncSession, account_id: int, ids: Collection[int]
) -> Sequence[tuple[int, str | None]]:
    """Those, each with the person's language."""
    query = (
        select(Conversation.id, Actor.language)
        .join(Address, col(Address.id) == col(Conversation.address_id))
        .outerjoin(Actor, col(Actor.id) == col(Conversation.actor_id))
        .where(
            col(Conversation.account_id) == account_id,
            col(Conversation.id).in_(ids),
            col(Address.blocked_at).is_(None),
        )
    )
    return (await session.exec(query)).all()


async def _mark_urgent(
    session: AsyncSession,
    account_id: int,
    away: Away,
    urgent: Sequence[InboundItem],
    now: datetime,
) -> None:
    """By a red label, which every open inbox shows at once."""
    if not urgent:
        return
    name = text_in(nearest(away.language) or "en", "Urgent")
    query = select(Label.id).where(
        col(Label.account_id) == account_id, col(Label.name_key) == name.casefold()
    )
    label_id = (await session.exec(query)).one_or_none()
    try:
        label_id = (
            label_id or (await make_label(session, account_id, name, LabelColour.RED, now)).id
        )
    except NameRefusedError:
        return
    await put_label(session, account_id, label_id, {each.conversation_id for each in urgent})
