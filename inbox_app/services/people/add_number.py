"""«Aggiungi telefono»: the number of an actor whom nobody could write to (B4, B5, B6)."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import sending
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.people import phones
from inbox_app.domain.sending import Control, Decision, Reason
from inbox_app.models import Conversation
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.queries.thread.thread_header import PHONE_CHOSEN
from inbox_app.services.conversations.open_conversation import usable_number
from inbox_app.services.intake.find_address import of_address
from inbox_app.services.people.actor_phones import belongs_to, choose_phone, note
from inbox_app.services.people.waiting_conversation import was_written_in


async def add_number(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    raw: str,
    user_id: int,
    now: datetime,
) -> int:
    """Choose the number for the actor, and give the conversation its address; the id of the
    conversation with it: another, when somebody has already written from this number.

    Raises:
        NotFoundError: the conversation is not this account's.
        SendRefusedError: no number is missing, or not that first.
        BadPhoneError: nobody can be written to at this number.
        OthersNumberError: the conversation with it is another actor's.
        RacedError: all is to be done again.
    """
    conversation, decision = await wanting(
        session, account_id, conversation_id, Control.ADD_PHONE, now
    )
    e164 = await usable_number(session, account_id, channel_of(conversation.channel), raw)
    wrong = _wrong(decision, e164)
    with_number = await _with_address(session, conversation, e164, now)
    await choose_phone(session, with_number, e164, raw=raw.strip(), instead_of=wrong)
    note(
        session, PHONE_CHOSEN, with_number, user_id, now,
        phone=e164, instead_of=wrong, waiting=conversation_id,
    )  # fmt: skip
    return with_number.id


async def wanting(
    session: AsyncSession, account_id: int, conversation_id: int, control: Control, now: datetime
) -> tuple[Conversation, Decision]:
    """The conversation, ours alone until the commit, while ``control`` stands at its foot.

    Raises ``NotFoundError`` or ``SendRefusedError``.
    """
    query = (
        select(Conversation)
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
        .with_for_update()
    )
    conversation = (await session.exec(query)).one_or_none()
    if conversation is None:
        raise NotFoundError
    facts = await load_facts(session, account_id, [conversation_id], now)
    found = facts[conversation_id]
    decision = channel_of(found.channel).decide(found)
    if decision.control is not control:
        raise SendRefusedError(decision)
    return conversation, decision


async def at_address(
    session: AsyncSession, account_id: int, address_id: int
) -> Conversation | None:
    """The conversation with an address, ours alone until the commit."""
    query = select(Conversation).where(
        col(Conversation.account_id) == account_id, col(Conversation.address_id) == address_id
    )
    return (await session.exec(query.with_for_update())).one_or_none()


async def move_to(session: AsyncSession, conversation: Conversation, address_id: int) -> None:
    """Give the conversation this address, which is a race when another has just taken it."""
    conversation.address_id = address_id
    session.add(conversation)
    await session.flush()


async def suggest(
    session: AsyncSession, account_id: int, conversation_id: int, raw: str, now: datetime
) -> str | None:
    """The number that ``raw`` most likely means, for the person of this conversation."""
    facts = await load_facts(session, account_id, [conversation_id], now)
    if conversation_id not in facts:
        return None
    return sending.proposal(raw, facts[conversation_id])


async def _with_address(
    session: AsyncSession, waiting: Conversation, e164: str, now: datetime
) -> Conversation:
    person = await of_address(
        await session.connection(), waiting.account_id, channel_of(waiting.channel), e164, now
    )
    found = await at_address(session, waiting.account_id, person.id)
    if found is None:
        await move_to(session, waiting, person.id)
        return waiting
    belongs_to(found, waiting.actor_id)
    if not await was_written_in(session, waiting):
        await session.delete(waiting)
    session.add(found)
    await session.flush()
    return found


def _wrong(decision: Decision, e164: str) -> str | None:
    """The phone on file that the number corrects: the one it was proposed for, else the only one
    there was."""
    if decision.reason is not Reason.PHONE_UNUSABLE:
        return None
    on_file = [phone.raw for phone in decision.choices]
    if len(on_file) == 1:
        return on_file[0]
    countries = decision.countries
    same = (raw for raw in on_file if phones.proposed_correction(raw, countries) == e164)
    return next(same, None)
