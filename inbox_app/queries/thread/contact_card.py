"""A contact that somebody sent, as it is put on file (M3)."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Message


@dataclass(frozen=True, slots=True)
class SentContact:
    """Numbers in international form where the sender's phone knew it."""

    name: str
    numbers: list[str]
    email: str


async def sent_contact(
    session: AsyncSession, account_id: int, message_id: int, index: int
) -> SentContact | None:
    """The one at ``index`` of a message's cards; None when there is none such in the account."""
    query = select(Message).where(
        col(Message.account_id) == account_id, col(Message.id) == message_id
    )
    message = (await session.exec(query)).one_or_none()
    cards: list[Any] = ((message and message.details) or {}).get("contacts") or []
    return _contact(cards[index]) if 0 <= index < len(cards) else None


def _contact(card: dict[str, Any]) -> SentContact:
    numbers = [_number(phone) for phone in card["phones"]]
    return SentContact(
        name=card["name"] or card["company"] or "",
        numbers=list(dict.fromkeys(filter(None, numbers))),
        email=next(iter(card["emails"]), ""),
    )


def _number(phone: dict[str, Any]) -> str:
    """WhatsApp's id of it has the prefix, which what was typed may lack."""
    return f"+{phone['wa_id']}" if phone.get("wa_id") else phone.get("phone") or ""
