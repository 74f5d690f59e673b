"""The numbers of an actor as property managers change them."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.errors import OthersNumberError
from inbox_app.domain.people import phones
from inbox_app.models import ActorPhone, AuditEntry, Conversation
from inbox_app.services.people.write_terms import write_terms


async def choose_phone(
    session: AsyncSession,
    conversation: Conversation,
    e164: str,
    *,
    raw: str,
    instead_of: str | None = None,
) -> None:
    """Make ``e164`` the conversation's actor's number for WhatsApp; it takes the place of
    ``instead_of``, as it is on file or any spelling of it."""
    if conversation.actor_id is None:
        return
    query = select(ActorPhone).where(
        col(ActorPhone.account_id) == conversation.account_id,
        col(ActorPhone.actor_id) == conversation.actor_id,
    )
    on_file = list(await session.exec(query.order_by(col(ActorPhone.position)).with_for_update()))
    chosen = _with(on_file, e164) or (_with(on_file, instead_of) if instead_of else None)
    if chosen is None:
        chosen = ActorPhone(
            account_id=conversation.account_id,
            actor_id=conversation.actor_id,
            position=max((phone.position for phone in on_file), default=-1) + 1,
            raw=raw,
        )
    if chosen.e164 is None or not phones.same(chosen.e164, e164):
        chosen.raw, chosen.e164, chosen.match_key = raw, e164, phones.canonical(e164)
    for phone in on_file:
        phone.whatsapp = False
    chosen.whatsapp = True
    session.add_all([*on_file, chosen])
    await write_terms(session, conversation.account_id, [conversation.actor_id])


def belongs_to(conversation: Conversation, actor_id: int | None) -> None:
    """Have the conversation be with this actor. Raises ``OthersNumberError``."""
    if actor_id is None:
        return
    if conversation.actor_id not in {None, actor_id}:
        raise OthersNumberError(conversation.actor_id or 0)
    conversation.actor_id = actor_id


def note(
    session: AsyncSession,
    what: str,
    conversation: Conversation,
    user_id: int | None,
    now: datetime,
    **details: Any,
) -> None:
    """Leave an audit entry about a conversation; without a user the API did it."""
    session.add(
        AuditEntry(
            account_id=conversation.account_id,
            at=now,
            user_id=user_id,
            what=what,
            details={"conversation": conversation.id, "actor": conversation.actor_id}
            | ({} if user_id else {"by": "api"})
            | details,
        )
    )


def _with(on_file: list[ActorPhone], number: str) -> ActorPhone | None:
    """The one that is this number, or was given so."""
    by_raw = (phone for phone in on_file if phone.raw == number)
    same = (phone for phone in on_file if phone.e164 and phones.same(phone.e164, number))
    return next(by_raw, None) or next(same, None)
